using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using LoanRisk.Lending;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Drift.Significance;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Drift;

namespace LoanRisk.Pipeline.Drift;

/// <summary>
/// Holds the decisions of a product, window by window, against the rows its model was trained with. What is worked out is kept: a window is
/// looked at once, and the level of the looks together is the product's. Decisions count from the moment the model was trained.
/// </summary>
/// <param name="folder">The data folder.</param>
/// <param name="windows">Where they are kept.</param>
public sealed class DriftWatch(DataFolder folder, DriftWindowStore windows)
{
    private const int PageRows = 2_000;

    // The last decision before the training, which takes a look at all decisions to find; those that come later come after it.
    private readonly ConcurrentDictionary<string, long> _beforeTraining = new(StringComparer.Ordinal);

    /// <summary>The windows of a product's model by the product's rule of drift.</summary>
    public static DriftSeries SeriesOf(LoanProduct product, ModelPackage package) => new(product.Id, package.Id, HashOf(product.Drift));

    /// <summary>Windows that are kept, the newest first.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<DriftWindow> Newest(LoanProduct product, ModelPackage package, int limit) =>
        windows.Newest(SeriesOf(product, package), limit);

    /// <summary>Decisions that belong to no window yet.</summary>
    /// <exception cref="StoreException">The databases cannot be read.</exception>
    public long Waiting(LoanProduct product, ModelPackage package) => WatchedDecisions.CountAfter(
        folder, product.Id, LastSeq(product, package, Last(product, package)));

    /// <summary>Works out the windows that have come to their end.</summary>
    /// <param name="product">The product.</param>
    /// <param name="package">The model that serves it.</param>
    /// <param name="now">A window of time ends when its time is over.</param>
    /// <param name="cancellationToken">Stops between decisions.</param>
    /// <returns>How many.</returns>
    /// <exception cref="StoreException">The decisions cannot be read, or the windows not be kept.</exception>
    public int CatchUp(LoanProduct product, ModelPackage package, DateTimeOffset now, CancellationToken cancellationToken = default)
    {
        if (TrainingRows.Of(package) is null)
        {
            return 0;
        }

        var last = Last(product, package);
        var call = new WindowCall(product, package, now) { Number = last?.Number ?? 0 };
        return MayBeOver(call, LastSeq(product, package, last)) ? CatchUp(call, LastSeq(product, package, last), cancellationToken) : 0;
    }

    private int CatchUp(WindowCall call, long seq, CancellationToken cancellationToken)
    {
        var (reader, count) = (call.NewReader(), 0);
        for (var page = Page(call, seq, PageRows); page.Count > 0; page = Page(call, seq, PageRows))
        {
            foreach (var decision in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (call.IsOver(reader, decision))
                {
                    count += Keep(call, reader);
                    reader = call.NewReader();
                }

                reader.Add(decision);
                seq = decision.Seq;
            }
        }

        return count + (call.IsOver(reader, null) ? Keep(call, reader) : 0);
    }

    // A look that costs little: most minutes no window has come to its end.
    private bool MayBeOver(WindowCall call, long seq) => call.Product.Drift.Period == DriftPeriod.Count
        ? WatchedDecisions.CountAfter(folder, call.Product.Id, seq) >= call.Product.Drift.Window
        : Page(call, seq, 1) is [var first] && call.Now >= WindowEnds.After(first.DecidedAt, call.Product.Drift.Period);

    private DriftWindow? Last(LoanProduct product, ModelPackage package) =>
        Newest(product, package, 1) is [var last, ..] ? last : null;

    private long LastSeq(LoanProduct product, ModelPackage package, DriftWindow? newest) => newest?.LastSeq
        ?? _beforeTraining.GetOrAdd(
            package.Id, _ => WatchedDecisions.LastUntil(folder, product.Id, package.Manifest.TrainedAt));

    private IReadOnlyList<WatchedDecision> Page(WindowCall call, long seq, int limit) =>
        WatchedDecisions.After(folder, call.Product.Id, seq, limit);

    // A window of which the product reads no decision any more counts as none: there is nothing to look at.
    private int Keep(WindowCall call, WindowReader reader)
    {
        if (!reader.HasRows)
        {
            return 0;
        }

        call.Number++;
        var result = call.Result(reader);
        return windows.Add(SeriesOf(call.Product, call.Package), new DriftWindow
        {
            Number = call.Number,
            FirstAt = reader.First!.DecidedAt,
            LastAt = reader.Last!.DecidedAt,
            LastSeq = reader.Last.Seq,
            Decisions = reader.Count,
            Alarm = result.Report.Alarm,
            Result = result.ToJson(),
            MadeAt = call.Now,
        }) ? 1 : 0;
    }

    private static string HashOf(DriftRule rule) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(rule.ToString())));

    private sealed class WindowCall(LoanProduct product, ModelPackage package, DateTimeOffset now)
    {
        private readonly IReadOnlyList<FeatureSample> _training = new DriftRun(product, package).TrainingSamples();

        public LoanProduct Product { get; } = product;

        public ModelPackage Package { get; } = package;

        public DateTimeOffset Now { get; } = now;

        public int Number { get; set; }

        public WindowReader NewReader() => new(Product, _training);

        /// <summary>True when a window has ended before a decision; null for now.</summary>
        public bool IsOver(WindowReader window, WatchedDecision? next) =>
            window.First is { } first
            && (Product.Drift.Period == DriftPeriod.Count
                ? window.Count == Product.Drift.Window
                : (next?.DecidedAt ?? Now) >= WindowEnds.After(first.DecidedAt, Product.Drift.Period));

        public DriftResult Result(WindowReader window) =>
            new DriftRun(Product, Package, AlphaSpending.At(Product.Drift.Level, Number)).AgainstTraining(window.ToSample(NameOf(window)));

        private string NameOf(WindowReader window) =>
            $"decisions of window {Number}, {Moments.DateAndTime(window.First!.DecidedAt)} to "
                + $"{Moments.DateAndTime(window.Last!.DecidedAt)}";
    }
}
