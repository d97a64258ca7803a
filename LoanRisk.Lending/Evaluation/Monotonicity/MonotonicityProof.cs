using LoanRisk.Trees;

namespace LoanRisk.Lending.Evaluation.Monotonicity;

/// <summary>What is known about a direction.</summary>
public enum MonotonicityResult
{
    /// <summary>Holds for every row there can be.</summary>
    Proven,

    /// <summary>Does not hold: <see cref="MonotonicityProof.CounterExample"/> shows two rows.</summary>
    Violated,

    /// <summary>Single trees break it, but no two rows were found for which their sum does.</summary>
    Undecided,
}

/// <summary>
/// Whether the raw score of a model may only rise (or only fall) with a feature while all others stay, for every row there can be
/// and not for a sample. Values of the feature that are missing have no place in its order and are left aside.
/// </summary>
/// <remarks>
/// Each tree is checked exhaustively: two leaves break the direction when some row reaches one and, with a higher value of the feature
/// alone, the other. A sum of trees that keep it keeps it too, in floating point as well, because rounding never turns an order around.
/// Trees that break it may still be outweighed by others, so rows are looked for on which the whole model breaks it.
/// </remarks>
/// <param name="Feature">Name of the feature.</param>
/// <param name="Direction">+1: the score may only rise with it; -1: only fall.</param>
/// <param name="Result">What is known.</param>
/// <param name="Trees">Trees of the model that split on the feature.</param>
/// <param name="BreakingTrees">How many of them break the direction by themselves.</param>
/// <param name="CounterExample">Two rows that break it, when there are any known.</param>
public sealed record MonotonicityProof(
    string Feature, int Direction, MonotonicityResult Result, int Trees, int BreakingTrees, CounterExample? CounterExample)
{
    /// <summary>Proves or refutes one direction over the whole model.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such feature, or the direction is not +1 or -1.</exception>
    /// <exception cref="ArgumentException">The model has several outputs.</exception>
    public static MonotonicityProof Of(TreeModel model, int feature, int direction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(feature);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, model.FeatureCount);
        if (direction is not (1 or -1))
        {
            throw new ArgumentOutOfRangeException(nameof(direction), direction, "A direction is +1 or -1.");
        }

        if (model.OutputCount != 1)
        {
            throw new ArgumentException($"The model has {model.OutputCount} outputs; a direction needs one.", nameof(model));
        }

        var trees = model.Trees.Where(t => t.SplitFeature.Contains(feature)).ToArray();
        var breaks = trees.Select(t => BrokenTree.Of(t, feature, direction)).OfType<BrokenTree>().ToArray();
        var example = breaks.Length == 0 ? null : CounterExampleSearch.Run(model, feature, direction, breaks);
        var result = breaks.Length == 0 ? MonotonicityResult.Proven
            : example is null ? MonotonicityResult.Undecided
            : MonotonicityResult.Violated;
        return new MonotonicityProof(model.FeatureNames[feature], direction, result, trees.Length, breaks.Length, example);
    }

    /// <summary>Every direction that is not 0, in feature order.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directions">+1, -1 or 0 for each feature.</param>
    /// <exception cref="ArgumentException">There are not as many directions as features.</exception>
    public static IReadOnlyList<MonotonicityProof> OfAll(TreeModel model, IReadOnlyList<int> directions) =>
        directions.Count == model.FeatureCount
            ? [.. directions.Index().Where(d => d.Item != 0).Select(d => Of(model, d.Index, d.Item))]
            : throw new ArgumentException($"{directions.Count} directions for {model.FeatureCount} features.", nameof(directions));
}

/// <summary>Two rows that differ in one feature only, scored the wrong way round.</summary>
/// <param name="LowerRow">The row with the lower value of the feature; NaN is missing.</param>
/// <param name="HigherRow">The same row with the higher value.</param>
/// <param name="LowerScore">Raw score of the first by the whole model.</param>
/// <param name="HigherScore">Raw score of the second.</param>
public sealed record CounterExample(IReadOnlyList<double> LowerRow, IReadOnlyList<double> HigherRow, double LowerScore, double HigherScore)
{
    /// <summary>By how much the direction is broken, in log-odds: the largest that was found.</summary>
    public double By => Math.Abs(LowerScore - HigherScore);
}
