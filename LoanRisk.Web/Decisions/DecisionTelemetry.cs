using System.Diagnostics;
using System.Diagnostics.Metrics;
using LoanRisk.Lending.Decisions;
using LoanRisk.Reports.Format;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Decisions;

/// <summary>
/// Decisions as measures and traces show them: how many of which outcome, and how the probabilities are distributed. What an applicant
/// said is in none of them.
/// </summary>
internal static class DecisionTelemetry
{
    /// <summary>The name of the meter and of the source of spans.</summary>
    public const string Name = "LoanRisk.Decisions";

    private static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Decisions = Meter.CreateCounter<long>(
        "loanrisk.decisions", "{decision}", "Decisions that were stored.");

    private static readonly Histogram<double> Probability = Meter.CreateHistogram(
        "loanrisk.decision.probability",
        "1",
        "Calibrated probabilities of the decisions that were stored.",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [.. Enumerable.Range(1, 19).Select(step => step / 20d)] });

    /// <summary>Begins the span in which applications are checked and scored; null when nobody listens.</summary>
    public static Activity? BeginDeciding(DecisionEngine engine, int applications) => Source.StartActivity("decide")
        ?.SetTag("loanrisk.product", engine.Product.Id)
        .SetTag("loanrisk.model", ShortId.Of(engine.Package.Id))
        .SetTag("loanrisk.applications", applications);

    /// <summary>Counts decisions, once they are stored.</summary>
    public static void Count(IEnumerable<StoredDecision> decisions)
    {
        if (!Decisions.Enabled && !Probability.Enabled)
        {
            return;
        }

        foreach (var (decision, origin) in decisions.Select(stored => (stored.Decision, stored.Origin)))
        {
            var product = KeyValuePair.Create("loanrisk.product", (object?)decision.Product);
            Decisions.Add(1, product, Named("loanrisk.outcome", decision.Outcome), Named("loanrisk.origin", origin));
            Probability.Record(decision.Probability, product);
        }
    }

    private static KeyValuePair<string, object?> Named<T>(string name, T value) where T : struct, Enum =>
        new(name, value.ToString().ToLowerInvariant());
}
