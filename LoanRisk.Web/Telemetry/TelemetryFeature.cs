using System.Runtime.CompilerServices;
using LoanRisk.Web.Pages.Frame;
using LoanRisk.Web.Settings;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LoanRisk.Web.Telemetry;

/// <summary>
/// Sends measures and traces to a collector, where one is named. Until then no library of OpenTelemetry is loaded: the program measures
/// itself with what .NET has.
/// </summary>
internal static class TelemetryFeature
{
    private const string Service = "loanrisk";

    /// <summary>Meters and sources of the program: each folder that has something to tell has one.</summary>
    private const string Own = "LoanRisk.*";

    private const string Postgres = "Npgsql";

    // Not those of the components: a page is made of hundreds.
    private static readonly string[] FrameworkMeters =
        [
            "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.RateLimiting",
            "Microsoft.AspNetCore.Diagnostics", "System.Runtime", Postgres,
        ];

    /// <summary>Sends telemetry if the settings ask for it.</summary>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.AddSettings<TelemetryOptions>();
        if (builder.Configuration.ReadSettings<TelemetryOptions>() is { Endpoint: not null } options)
        {
            Export(builder.Services, options.Timeout);
        }
    }

    // A method of its own, for the libraries are loaded when the method is compiled that names their types.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Export(IServiceCollection services, int timeout) => services.AddOpenTelemetry()
        .ConfigureResource(resource => resource
            .AddService(Service, serviceVersion: BuildVersion.Text)
            .AddEnvironmentVariableDetector()) // once more: what the operator names comes last and so wins
        .WithMetrics(metrics => metrics
            .AddMeter([Own, .. FrameworkMeters])
            .AddOtlpExporter(exporter => exporter.TimeoutMilliseconds = timeout))
        .WithTracing(traces => traces
            .AddSource(Own, Postgres)
            .AddAspNetCoreInstrumentation(requests =>
            {
                requests.Filter = RequestSpan.IsWanted;
                requests.EnrichWithHttpResponse = (span, _) => RequestSpan.Clean(span);
            })
            .AddOtlpExporter(exporter => exporter.TimeoutMilliseconds = timeout));
}
