using LoanRisk.Trees;

namespace LoanRisk.Lending.Decisions;

/// <summary>A raw score and the contributions that make it up, all on the trees' log-odds scale.</summary>
/// <param name="RawScore">The sum of the trees.</param>
/// <param name="BaseValue">The score of the baseline: the trees' average over their training rows.</param>
/// <param name="Contributions">SHAP value of each feature, in feature order.</param>
internal sealed record ExplainedScore(double RawScore, double BaseValue, double[] Contributions)
{
    /// <summary>How far base value and contributions may be from the score, and what is too little to call a reason.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>Scores and explains a row.</summary>
    /// <exception cref="UnexplainedScoreException">The parts do not add up: such an answer is never served.</exception>
    public static ExplainedScore Of(TreeModel trees, ReadOnlySpan<double> row)
    {
        var raw = trees.PredictRaw(row);
        var parts = new double[trees.FeatureCount + 1];
        trees.Contributions(row, parts);
        return Of(raw, parts);
    }

    /// <summary>Takes a score apart into its contributions and, last, the base value, and checks the sum.</summary>
    internal static ExplainedScore Of(double raw, double[] parts)
    {
        Check(raw, parts);
        return new(raw, parts[^1], parts[..^1]);
    }

    /// <summary>Checks that contributions and base value add up to the score.</summary>
    /// <exception cref="UnexplainedScoreException">They do not.</exception>
    internal static void Check(double raw, ReadOnlySpan<double> parts)
    {
        var sum = 0.0;
        foreach (var part in parts)
        {
            sum += part;
        }

        var difference = Math.Abs(sum - raw);
        if (!(difference <= Tolerance))
        {
            throw new UnexplainedScoreException(raw, difference);
        }
    }
}

/// <summary>A score whose contributions do not add up to it; its answer must not be served.</summary>
/// <param name="rawScore">The score.</param>
/// <param name="difference">How far base value and contributions are from it.</param>
public sealed class UnexplainedScoreException(double rawScore, double difference)
    : Exception(
        $"The raw score is {rawScore:R}, and its base value and contributions add up to something {difference:R} away; "
        + $"at most {ExplainedScore.Tolerance:R} is rounding.");
