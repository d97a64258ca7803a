namespace LoanRisk.Lending.Decisions;

/// <summary>A feature row with its decision and what made its score: all that the ranking of reasons looks at.</summary>
/// <param name="rules">The policy that decided.</param>
/// <param name="values">The feature row.</param>
/// <param name="contributions">SHAP value of each feature on the raw scale.</param>
/// <param name="referredFor">Places of the unseen values that made a referral of an approval.</param>
/// <param name="outcome">The decision.</param>
internal readonly ref struct ScoredRow(
    PolicyRules rules, ReadOnlySpan<double> values, ReadOnlySpan<double> contributions, ReadOnlySpan<int> referredFor, Outcome outcome)
{
    public readonly PolicyRules Rules = rules;
    public readonly ReadOnlySpan<double> Values = values;
    public readonly ReadOnlySpan<double> Contributions = contributions;
    public readonly ReadOnlySpan<int> ReferredFor = referredFor;
    public readonly Outcome Outcome = outcome;
}
