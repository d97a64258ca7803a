using LoanRisk.Pipeline.Tracking;
using LoanRisk.Reports;
using LoanRisk.Store;
using LoanRisk.Store.Models;

namespace LoanRisk.Web.Serving;

/// <summary>
/// Lets the aliases of an MLflow server follow what serves, whoever promoted it: site, console or another node. It looks at the registry's
/// history beside everything else, so that no promotion waits for that server.
/// </summary>
internal sealed partial class ModelAliases(
    ModelRegistry registry, ProductCatalog catalog, IConfiguration settings, ILogger<ModelAliases> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(1);

    private readonly MlflowServer? _server = MlflowServer.From(name => settings[name]);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (_server is null)
        {
            return;
        }

        using var tracker = new MlflowTracker(_server, PlotFiles.Of, words => LogTold(log, words));
        using var timer = new PeriodicTimer(Interval);
        long seen = -1;
        try
        {
            do
            {
                seen = Follow(tracker, seen);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        finally
        {
            tracker.Finish(TimeToStop);
        }
    }

    private long Follow(MlflowTracker tracker, long seen)
    {
        try
        {
            var newest = registry.LastEvent();
            if (newest != seen)
            {
                foreach (var place in catalog.Places)
                {
                    tracker.Aliases(registry, place.Product);
                }
            }

            return newest;
        }
        catch (StoreException)
        {
            return seen; // the watcher of what serves says so
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Words}")]
    private static partial void LogTold(ILogger log, string words);
}
