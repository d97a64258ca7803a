namespace LoanRisk.Trees.Training.Splitting;

/// <summary>The parameters as the split search needs them, and the gain of a split under monotone constraints.</summary>
internal sealed class SplitRules(TrainingParameters parameters)
{
    private readonly bool _constrained = parameters.MonotoneConstraints.Any(d => d != 0);

    public TrainingParameters Parameters { get; } = parameters;

    /// <summary>Gains need neither L1, limits nor directions: the common case, which scans take a shorter way through.</summary>
    public bool IsPlain { get; } = new LeafMath(parameters).IsPlain && !parameters.MonotoneConstraints.Any(d => d != 0);

    public LeafMath Math { get; } = new(parameters);

    /// <summary>The formulas of categorical splits of many against many, which add cat_l2.</summary>
    public LeafMath GroupMath { get; } = new(parameters, parameters.CatL2);

    /// <summary>What a split of a leaf must gain more than.</summary>
    public double GainShift(in LeafSums leaf) => Math.Gain(leaf.Gradient, leaf.Hessian, leaf.Rows, leaf.Output) + Parameters.MinGainToSplit;

    /// <summary>The summed gain of two sides; 0 when their outputs break the direction.</summary>
    public double Gain(in LeafMath math, in LeafSums leaf, int direction, in SideSums left, in SideSums right)
    {
        if (!_constrained)
        {
            return math.Gain(left.Gradient, left.Hessian, left.Rows, leaf.Output)
                + math.Gain(right.Gradient, right.Hessian, right.Rows, leaf.Output);
        }

        var leftOutput = leaf.Bounds.Clip(math.Output(left.Gradient, left.Hessian, left.Rows, leaf.Output));
        var rightOutput = leaf.Bounds.Clip(math.Output(right.Gradient, right.Hessian, right.Rows, leaf.Output));
        var broken = (direction > 0 && leftOutput > rightOutput) || (direction < 0 && leftOutput < rightOutput);
        return broken ? 0 : math.GainAt(left.Gradient, left.Hessian, leftOutput) + math.GainAt(right.Gradient, right.Hessian, rightOutput);
    }

    /// <summary>A side of a split with its output; the hessian's epsilon is taken off again.</summary>
    public SplitSide Side(in LeafMath math, in LeafSums leaf, in SideSums sums) =>
        new(sums.Gradient, sums.Hessian - LeafMath.Epsilon,
            leaf.Bounds.Clip(math.Output(sums.Gradient, sums.Hessian, sums.Rows, leaf.Output)));
}
