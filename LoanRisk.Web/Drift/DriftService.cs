using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Drift;
using LoanRisk.Store;
using LoanRisk.Store.Drift;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Web.Drift;

/// <summary>What the watch over a product's decisions knows, for page and API. Nothing is worked out here while somebody waits.</summary>
public sealed class DriftService(DriftWatch watch, WorkThreads threads, TimeProvider clock)
{
    /// <summary>Windows that are shown.</summary>
    public const int MostWindows = 26;

    /// <summary>What is known now of a product and the model that serves it.</summary>
    /// <exception cref="StoreException">The windows cannot be read.</exception>
    public DriftStanding Of(LoanProduct product, ModelPackage package)
    {
        var windows = watch.Newest(product, package, MostWindows);
        return new DriftStanding(
            product,
            package,
            [.. windows.Select(w => new LookedWindow(w, DriftResult.FromJson(w.Result)))],
            watch.Waiting(product, package));
    }

    /// <summary>Works out the windows that have come to their end, on threads apart.</summary>
    /// <returns>How many.</returns>
    /// <exception cref="StoreException">The decisions cannot be read, or the windows not be kept.</exception>
    public Task<int> CatchUpAsync(LoanProduct product, ModelPackage package, CancellationToken cancellationToken) =>
        threads.Run(() => watch.CatchUp(product, package, clock.GetUtcNow(), cancellationToken), cancellationToken);
}

/// <summary>What is known of the drift of a product's decisions.</summary>
/// <param name="Product">The product.</param>
/// <param name="Package">The model whose training they are held against.</param>
/// <param name="Windows">The windows, the newest first.</param>
/// <param name="Waiting">Decisions that belong to no window yet.</param>
public sealed record DriftStanding(LoanProduct Product, ModelPackage Package, IReadOnlyList<LookedWindow> Windows, long Waiting)
{
    /// <summary>The model says how the rows of its training were distributed, so there is something to hold decisions against.</summary>
    public bool IsWatched { get; } = TrainingRows.Of(Package) is not null;

    /// <summary>The newest window; null before the first has come to its end.</summary>
    public LookedWindow? Newest => Windows is [var newest, ..] ? newest : null;
}

/// <summary>A window and what was found in it.</summary>
/// <param name="Window">The window.</param>
/// <param name="Result">What was found.</param>
public sealed record LookedWindow(DriftWindow Window, DriftResult Result);
