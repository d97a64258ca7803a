using LoanRisk.Store;
using LoanRisk.Store.Database;

namespace LoanRisk.Web.Serving;

/// <summary>
/// Lets a node serve at once what was promoted, or which product file was put into the database, on another one, where a database server
/// tells of it.
/// </summary>
internal sealed class ModelNews(DataFolder folder, ModelWatcher watcher, ProductFileWatcher files) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (folder.Server is { } server)
        {
            await ServerNews.ListenAsync(server, Look, stoppingToken);
        }
    }

    private void Look()
    {
        watcher.LookAgain();
        files.Look();
    }
}
