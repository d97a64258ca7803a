using LoanRisk.Store.Packages;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Desk;

/// <summary>
/// Looks whether product files break (or are mended) while the site runs. Nothing is served differently by that, for products are read at the start; but who runs the site
/// must hear of it before the next start.
/// </summary>
internal sealed partial class ProductFileWatcher(ProductShelf shelf, IOptions<DeskOptions> options, ILogger<ProductFileWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private string _seen = "";

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var broken in shelf.Broken)
        {
            LogBroken(log, shelf.Describe(broken));
        }

        using var timer = new PeriodicTimer(Interval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look(DeskFeature.FolderOf(options.Value));
        }
    }

    // A folder that cannot be read now is looked at again.
    private void Look(string folder)
    {
        try
        {
            var stamp = ProductFolder.Stamp(folder);
            if (stamp != _seen)
            {
                Tell(ProductFolder.ReadEach(folder).Broken);
                _seen = stamp;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _seen = "";
        }
    }

    private void Tell(IReadOnlyList<BrokenProduct> now)
    {
        var before = shelf.Broken;
        shelf.Broken = now;
        foreach (var broken in now.Except(before))
        {
            LogBroken(log, shelf.Describe(broken));
        }

        foreach (var mended in before.Where(b => now.All(n => n.Id != b.Id)))
        {
            LogMended(log, mended.Id, shelf.Find(mended.Id) is null ? "Restart the site to serve it." : "It is served as before.");
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Fault}")]
    private static partial void LogBroken(ILogger log, string fault);

    [LoggerMessage(Level = LogLevel.Information, Message = "The file of product {Product} is no longer broken. {Then}")]
    private static partial void LogMended(ILogger log, string product, string then);
}
