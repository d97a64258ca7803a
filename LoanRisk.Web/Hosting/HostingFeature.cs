using LoanRisk.Web.Hosting.Logs;
using LoanRisk.Web.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace LoanRisk.Web.Hosting;

/// <summary>How the program listens, logs and finds its static files.</summary>
internal static class HostingFeature
{
    /// <summary>Bytes a request body may have: a batch of a thousand applications.</summary>
    public const int MaxRequestBytes = 1024 * 1024;

    public static void AddHosting(this WebApplicationBuilder builder)
    {
        LogLevels.Check(builder.Configuration);
        builder.Services.AddGuardedLogging();
        builder.Logging.AddLines(LogForm.IsJson(builder.Configuration.ReadSettings<HostingOptions>(), builder.Environment));
        builder.WebHost.UseStaticWebAssets(); // outside Development the assets of a build are empty without it
        // In Development the framework would map a catch-all route for them, which hides which methods an address has and who may use it.
        builder.WebHost.UseSetting("ReloadStaticAssetsAtRuntime", "false");
        builder.Services.AddExceptionHandler<FailureLog>();
        builder.AddSettings<HostingOptions>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Draining.Limit);
        builder.Services.AddSingleton<Draining>()
            .AddSingleton<IStartupFilter>(services => services.GetRequiredService<Draining>())
            .AddHostedService(services => services.GetRequiredService<Draining>())
            .AddSingleton<IConnectionListenerFactory, DrainingTransport>();
        ListeningAddress.Choose(builder.Configuration, builder.WebHost);
        builder.Services.Configure<FormOptions>(
            form => (form.ValueCountLimit, form.ValueLengthLimit, form.KeyLengthLimit) = (256, 16 * 1024, 1024));
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxRequestBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
        });
    }

    /// <summary>Runs until the site is told to stop; told so during its start, it ends as quietly.</summary>
    public static async Task RunToTheEndAsync(this WebApplication app)
    {
        var stopping = app.Lifetime.ApplicationStopping;
        try
        {
            await app.RunAsync();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What was not begun need not be ended.
        }
    }

    /// <summary>
    /// Says on the console, once it listens, what it works with; the address comes last. The usual setting <c>suppressStatusMessages</c>
    /// keeps it quiet.
    /// </summary>
    public static void ReportStart(this WebApplication app)
    {
        var options = app.Configuration.ReadSettings<HostingOptions>();
        if (!options.IsQuiet)
        {
            app.Lifetime.ApplicationStarted.Register(
                () => StartReport.Write(app.Services, app.Urls, LogForm.IsJson(options, app.Environment)));
        }
    }
}
