using System.Collections.Immutable;

namespace LoanRisk.MLNet.Hosting;

/// <summary>A prediction and what makes it: the base value and the contributions add up to the raw score.</summary>
/// <param name="Prediction">What <see cref="TreeModelScorer{TIn}.Predict"/> answers.</param>
/// <param name="RawScore">The sum of the trees; log-odds for a binary model.</param>
/// <param name="BaseValue">The mean raw score of the rows that the model was trained on.</param>
/// <param name="Contributions">One a feature, in the model's order.</param>
public sealed record Explanation(double Prediction, double RawScore, double BaseValue, ImmutableArray<FeatureContribution> Contributions);
