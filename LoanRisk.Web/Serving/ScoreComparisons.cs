using System.Collections.Concurrent;

namespace LoanRisk.Web.Serving;

/// <summary>
/// How many applications were scored by both models since the site started, and how often the two differed. An application to which they
/// give different scores is not decided.
/// </summary>
public sealed partial class ScoreComparisons(ILogger<ScoreComparisons> log)
{
    private readonly ConcurrentDictionary<string, Counts> _products = new(StringComparer.Ordinal);

    /// <summary>Of a product: applications to which both gave the same score, and those to which they did not.</summary>
    public (long Same, long Different) Of(string product) => _products.TryGetValue(product, out var counts)
        ? (Interlocked.Read(ref counts.Same), Interlocked.Read(ref counts.Different))
        : (0, 0);

    /// <summary>Counts an application to which both gave the same score.</summary>
    public void CountSame(string product) => Interlocked.Increment(ref CountsOf(product).Same);

    /// <summary>Counts and logs one to which they did not.</summary>
    public void CountDifferent(string product, Exception difference)
    {
        Interlocked.Increment(ref CountsOf(product).Different);
        LogDifferent(log, product, difference.Message);
    }

    private Counts CountsOf(string product) => _products.GetOrAdd(product, static _ => new Counts());

    [LoggerMessage(
        Level = LogLevel.Error,
        Message = "An application for {Product} was not decided. {Difference} Promote another model, or train this one again; until then "
            + "LoanRisk:Scoring=engine lets the engine decide alone.")]
    private static partial void LogDifferent(ILogger log, string product, string difference);

    private sealed class Counts
    {
        public long Same;
        public long Different;
    }
}
