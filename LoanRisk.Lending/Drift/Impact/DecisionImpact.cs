using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift.Impact;

/// <summary>What the difference of two samples does to the decisions of one model.</summary>
/// <param name="Model">Id of the model's package.</param>
/// <param name="ReferenceRows">Rows of the reference that were scored; null where only its model's base value is known.</param>
/// <param name="CurrentRows">Rows of the current sample that were.</param>
/// <param name="ReferenceScore">Mean raw score of the reference, in log-odds.</param>
/// <param name="CurrentScore">Mean raw score of the current sample.</param>
/// <param name="Features">
/// By how much each feature moved the mean raw score, the largest first: differences of mean SHAP values, which add up to the difference of
/// the mean raw scores.
/// </param>
/// <param name="Outcomes">Shares of the outcomes under the product's policy.</param>
public sealed record DecisionImpact(
    string Model,
    int? ReferenceRows,
    int CurrentRows,
    double ReferenceScore,
    double CurrentScore,
    IReadOnlyList<FeatureImpact> Features,
    IReadOnlyList<OutcomeImpact> Outcomes)
{
    /// <summary>Of two samples that one model has scored.</summary>
    public static DecisionImpact Of(DecisionEngine engine, ScoredSample reference, ScoredSample current) => new(
        engine.Package.Id,
        reference.Rows,
        current.Rows,
        reference.MeanScore,
        current.MeanScore,
        Moves(engine.Product, reference.MeanContributions, current.MeanContributions),
        Shares(reference.OutcomeShares, current.OutcomeShares));

    /// <summary>
    /// Of a sample against the rows of training, of which no row is at hand: their mean raw score is the base value, and features are told
    /// against it.
    /// </summary>
    /// <param name="engine">Whose model and policy.</param>
    /// <param name="approvedBefore">Share of training that the bands approve; null where it is not known.</param>
    /// <param name="current">The sample.</param>
    public static DecisionImpact AgainstBase(DecisionEngine engine, double? approvedBefore, ScoredSample current)
    {
        var none = new double[current.MeanContributions.Count];
        return new DecisionImpact(
            engine.Package.Id,
            null,
            current.Rows,
            current.MeanScore - current.MeanContributions.Sum(),
            current.MeanScore,
            Moves(engine.Product, none, current.MeanContributions),
            [
                .. Enum.GetValues<Outcome>().Select(o => new OutcomeImpact(
                    o, o == Outcome.Approve ? approvedBefore : null, current.OutcomeShares[(int)o])),
            ]);
    }

    private static FeatureImpact[] Moves(LoanProduct product, IReadOnlyList<double> before, IReadOnlyList<double> now) =>
    [
        .. product.Features.Select((f, i) => new FeatureImpact(f.Name, f.Label, now[i] - before[i]))
            .OrderByDescending(i => Math.Abs(i.Change)),
    ];

    private static OutcomeImpact[] Shares(IReadOnlyList<double> before, IReadOnlyList<double> now) =>
        [.. Enum.GetValues<Outcome>().Select(o => new OutcomeImpact(o, before[(int)o], now[(int)o]))];
}

/// <summary>What a feature did to the mean raw score.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Change">By how much it moved the mean raw score, in log-odds; above 0: towards bad.</param>
public sealed record FeatureImpact(string Name, string Label, double Change);

/// <summary>How often something is decided.</summary>
/// <param name="Outcome">What.</param>
/// <param name="ReferenceShare">Share of the reference; null where it is not known.</param>
/// <param name="CurrentShare">Share of the current sample.</param>
public sealed record OutcomeImpact(Outcome Outcome, double? ReferenceShare, double CurrentShare);
