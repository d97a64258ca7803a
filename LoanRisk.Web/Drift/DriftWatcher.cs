using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Drift;

/// <summary>
/// Looks once a minute whether windows of decisions have come to their end, and works them out on the threads that give way to requests.
/// While the databases cannot be read it waits for the next minute.
/// </summary>
public sealed partial class DriftWatcher(ProductCatalog catalog, DriftService service, TimeProvider clock, ILogger<DriftWatcher> log)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private string? _trouble;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var place in catalog.Places)
            {
                await LookAsync(place, stoppingToken);
            }
        }
    }

    private async Task LookAsync(ServedProduct place, CancellationToken stoppingToken)
    {
        if (place.DecisionEngine is not { } engine)
        {
            return;
        }

        try
        {
            var found = await service.CatchUpAsync(place.Product, engine.Package, stoppingToken);
            if (found > 0 && service.Of(place.Product, engine.Package).Newest is { } newest)
            {
                var drifted = string.Join(", ", newest.Result.Report.Features.Where(f => f.Alarm).Select(f => f.Name));
                LogWindow(log, place.Product.Id, newest.Window.Number, drifted.Length == 0 ? "nothing" : drifted);
            }

            _trouble = null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            if (_trouble != e.Message)
            {
                _trouble = e.Message;
                LogTrouble(log, place.Product.Id, e.Message);
            }
        }
    }

    [LoggerMessage(
        Level = LogLevel.Information, Message = "Product {Product}: window {Window} of decisions is looked at; drifted: {Drifted}.")]
    private static partial void LogWindow(ILogger log, string product, int window, string drifted);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The drift of product {Product} cannot be looked at; it is tried again. {Cause}")]
    private static partial void LogTrouble(ILogger log, string product, string cause);
}
