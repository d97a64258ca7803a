using LoanRisk.Web.Problems;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Web.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: it can give decisions; 503 and the cause when not.</summary>
internal static class HealthFeature
{
    private static readonly HttpMethodMetadata Read = new([HttpMethods.Get, HttpMethods.Head]);

    public static void AddHealth(this WebApplicationBuilder builder)
    {
        builder.Services.AddHealthChecks()
            .AddCheck<StoppingCheck>("site")
            .AddCheck<ModelsCheck>("models")
            .AddCheck<StoreCheck>("store")
            .AddCheck<ModelDatabaseCheck>("modelStore")
            .AddCheck<DiskCheck>("disk");
        // It writes a line each time somebody asks; what changes is told where it is noticed.
        builder.Logging.AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None);
    }

    public static void MapHealth(this WebApplication app)
    {
        app.MapHealthChecks("/health/live", new HealthCheckOptions { Predicate = _ => false, ResponseWriter = WriteAsync })
            .WithMetadata(Read).DisableRateLimiting();
        app.MapHealthChecks("/health/ready", new HealthCheckOptions { ResponseWriter = WriteAsync })
            .WithMetadata(Read).DisableRateLimiting();
    }

    private static Task WriteAsync(HttpContext context, HealthReport report)
    {
        var words = context.Request.Path.Value!.EndsWith("ready", StringComparison.OrdinalIgnoreCase)
            ? ("ready", "not ready")
            : ("live", "not live");
        var answer = new Dictionary<string, object> { ["status"] = report.Status == HealthStatus.Unhealthy ? words.Item2 : words.Item1 };
        foreach (var (name, entry) in report.Entries)
        {
            answer[name] = entry.Data.Count > 0 ? entry.Data.Values : entry.Description ?? "";
        }

        return context.Response.WriteAsJsonAsync(answer, ApiJson.Options, context.RequestAborted);
    }
}
