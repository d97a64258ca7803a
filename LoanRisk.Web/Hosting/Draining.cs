using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// Told to stop (SIGTERM), the site goes on answering for a while and closes each connection with its answer, so that a router notices and
/// sends nothing more before the site ceases to listen. A request that comes later finds nobody there, and is sent to another node; one
/// that is under way is answered.
/// </summary>
internal sealed class Draining(IOptions<HostingOptions> options, IHostApplicationLifetime lifetime)
    : IHostedLifecycleService, IStartupFilter
{
    /// <summary>How long the whole stop may take; platforms kill what still runs after 10 to 30 seconds.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    /// <summary>True once the site was told to stop.</summary>
    public bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, rest) =>
        {
            if (HasBegun && HttpProtocol.IsHttp11(context.Request.Protocol))
            {
                context.Response.Headers.Connection = "close";
            }

            return rest(context);
        });
        next(app);
    };

    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(options.Value.DrainTime, cancellationToken).ContinueWith(static _ => { }, TaskScheduler.Default);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
