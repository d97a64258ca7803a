using System.Threading.Channels;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>
/// Logs to an MLflow server beside the work and after it, one thing at a time. It makes the server equal to what the stores here say, so
/// that what did not get there goes with the next. It never throws and never lets the work wait: a server that is away is told of once.
/// </summary>
public sealed class MlflowTracker : IDisposable
{
    private const int MostNamed = 5;

    // Of a server that is away nothing is asked for so long.
    private static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(30);

    private readonly MlflowServer _server;

    private readonly MlflowClient _client;

    private readonly ModelPlots _plots;

    private readonly Action<string> _told;

    private readonly Channel<Work> _waiting = Channel.CreateUnbounded<Work>(new UnboundedChannelOptions { SingleReader = true });

    private readonly CancellationTokenSource _stop = new();

    private readonly Lock _lock = new();

    // What a server that is away did not get, by name: of one thing the newest.
    private readonly Dictionary<string, Work> _notSent = new(StringComparer.Ordinal);

    private readonly Dictionary<string, TrackedSearch> _searches = new(StringComparer.Ordinal);

    private readonly Task _working;

    private long _triedLast;

    private bool _isAway;

    /// <param name="server">The server.</param>
    /// <param name="plots">Draws a model's figures.</param>
    /// <param name="told">Hears sentences: that the server is away, that it answers again, what it refuses; from whatever thread.</param>
    public MlflowTracker(MlflowServer server, ModelPlots plots, Action<string> told)
    {
        (_server, _client, _plots, _told) = (server, new MlflowClient(server), plots, told);
        _working = Task.Run(WorkAsync);
    }

    /// <summary>Logs a registered model: a run with its files, a version, and the aliases as they are now.</summary>
    /// <param name="registry">Where it is registered.</param>
    /// <param name="product">Its product.</param>
    /// <param name="id">The model.</param>
    /// <param name="search">Id of the search that found its parameters; null when none did.</param>
    public void Model(ModelRegistry registry, LoanProduct product, string id, string? search = null) => Post(
        $"model {id[..12]}",
        async stop =>
        {
            var tracked = Product(product);
            await tracked.VersionAsync(registry, id, search, stop).ConfigureAwait(false);
            await tracked.FollowAsync(registry, stop).ConfigureAwait(false);
        });

    /// <summary>Logs a package that is written to a folder and not registered.</summary>
    /// <param name="product">Its product.</param>
    /// <param name="package">The package.</param>
    /// <param name="time">How long training took.</param>
    /// <param name="by">Who trained it.</param>
    public void Package(LoanProduct product, ModelPackage package, TimeSpan time, string by) => Post(
        $"model {package.Id[..12]}",
        stop => Product(product).LogAsync(new TrackedPackage(product, package) { Time = time, By = by }, stop));

    /// <summary>Lets the server's aliases follow what serves here and what is tried beside it.</summary>
    public void Aliases(ModelRegistry registry, LoanProduct product) =>
        Post($"the aliases of {product.Id}", stop => Product(product).FollowAsync(registry, stop));

    /// <summary>Logs the trials that a search has done.</summary>
    public void Trials(TrialStore store, Study study) => Post(
        $"search {study.Id}", stop => Search(study).LogAsync(store.Trials(study.Id), stop));

    /// <summary>Logs how a search ended, and the trials that are not logged yet.</summary>
    public void SearchEnd(TrialStore store, Study study, DateTimeOffset at) => Post(
        $"search {study.Id}", stop => Search(study).EndAsync(store.Trials(study.Id), at, stop));

    /// <summary>Waits for what is under way, but not for long, and says what did not get there.</summary>
    /// <param name="patience">How long at most; null is three times what one answer may take.</param>
    public void Finish(TimeSpan? patience = null)
    {
        if (!_waiting.Writer.TryComplete())
        {
            return;
        }

        if (!_working.Wait(patience ?? 3 * _server.Patience))
        {
            _stop.Cancel();
            _working.Wait(TimeSpan.FromSeconds(1));
        }

        if (Kept() is { Length: > 0 } missing)
        {
            _told($"Not logged to MLflow at {_server}: {Names(missing)}.");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Finish();
        _client.Dispose();
        _stop.Dispose();
    }

    private TrackedProduct Product(LoanProduct product) => new(_client, product, _plots, _told);

    private TrackedSearch Search(Study study) =>
        _searches.TryGetValue(study.Id, out var known) ? known : _searches[study.Id] = new TrackedSearch(_client, study);

    private void Post(string what, Func<CancellationToken, Task> send) => _waiting.Writer.TryWrite(new Work(what, send));

    private async Task WorkAsync()
    {
        while (await HasWorkAsync().ConfigureAwait(false))
        {
            while (_waiting.Reader.TryRead(out var work))
            {
                await SendUnlessAwayAsync(work).ConfigureAwait(false);
            }
        }
    }

    // While something was not sent it looks up by itself, whether it can be by now.
    private async Task<bool> HasWorkAsync()
    {
        var more = _waiting.Reader.WaitToReadAsync().AsTask();
        while (_isAway && await Task.WhenAny(more, Task.Delay(BetweenTries)).ConfigureAwait(false) != more)
        {
            await SendAgainAsync().ConfigureAwait(false);
        }

        return await more.ConfigureAwait(false);
    }

    private async Task SendUnlessAwayAsync(Work work)
    {
        if (_stop.IsCancellationRequested || (_isAway && TimeProvider.System.GetElapsedTime(_triedLast) < BetweenTries))
        {
            Keep(work);
            return;
        }

        await SendAsync(work).ConfigureAwait(false);
        await SendAgainAsync().ConfigureAwait(false);
    }

    private async Task SendAgainAsync()
    {
        foreach (var work in Kept())
        {
            await SendAsync(work).ConfigureAwait(false);
            if (_isAway)
            {
                return;
            }
        }
    }

    private async Task SendAsync(Work work)
    {
        try
        {
            await work.Send(_stop.Token).ConfigureAwait(false);
            lock (_lock)
            {
                _notSent.Remove(work.What);
            }

            if (_isAway)
            {
                _isAway = false;
                _told($"MLflow at {_server} answers again.");
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            Keep(work);
        }
        catch (MlflowException e) when (e.IsAway)
        {
            Keep(work);
            TellAway(e);
        }
        catch (Exception e) when (e is MlflowException or StoreException or ModelPackageException or InvalidInputException)
        {
            Refuse(work, e is MlflowException ? $"The server: {e.Message}." : e.Message);
        }
        catch (Exception e)
        {
            // A defect of the logging must not end the work that it tells of.
            Refuse(work, $"The program failed at it: {e.GetType().Name}.");
        }
    }

    private void Refuse(Work work, string why)
    {
        lock (_lock)
        {
            _notSent.Remove(work.What);
        }

        _told($"Not logged to MLflow at {_server}: {work.What}. {why}");
    }

    private void TellAway(MlflowException error)
    {
        if (!_isAway)
        {
            _told($"Nothing is logged to MLflow at {_server} for now, and the work goes on: {error.Message}.");
        }

        (_isAway, _triedLast) = (true, TimeProvider.System.GetTimestamp());
    }

    private void Keep(Work work)
    {
        lock (_lock)
        {
            _notSent[work.What] = work;
        }
    }

    private Work[] Kept()
    {
        lock (_lock)
        {
            return [.. _notSent.Values];
        }
    }

    private static string Names(Work[] works) =>
        string.Join(", ", works.Take(MostNamed).Select(work => work.What))
            + (works.Length > MostNamed ? $" and {works.Length - MostNamed} more" : "");

    private sealed record Work(string What, Func<CancellationToken, Task> Send);
}
