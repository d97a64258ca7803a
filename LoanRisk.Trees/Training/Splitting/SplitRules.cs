namespace LoanRisk.Trees.Training.Splitting;

/// <summary>The parameters as the split search needs them, and the gain of a split under monotone constraints.</summary>
internal sealed class SplitRules(TrainingParameters parameters)
{
    private readonly bool constrained = parameters.MonotoneConstraints.Any(d => d != 0);

    public TrainingParameters Parameters { get; } = parameters;

    /// <summary>Gains need neither L1, limits nor directions: the common case, which scans take a shorter way through.</summary>
    public bool IsPlain { get; } = new LeafMath(parameters).IsPlain && !parameters.MonotoneConstraints.Any(d => d != 0);

    public LeafMath Math { get; } = new(parameters);

    /// <summary>The formulas of categorical splits of many against many, which add cat_l2.</summary>
    public LeafMath GroupMath { get; } = new(parameters, parameters.CatL2);

    /// <summary>What a split of a leaf must gain more than.</summary>
    public double GainShift(in LeafSums leaf) => Math.Gain(leaf.Gradient, leaf.Hessian, leaf.Rows, leaf.Output) + Parameters.MinGainToSplit;

    public double Gain(in LeafSums leaf, int direction, double leftGradient, double leftHessian, int leftRows, double rightGradient, double rightHessian, int rightRows) =>
        Gain(Math, leaf, direction, leftGradient, leftHessian, leftRows, rightGradient, rightHessian, rightRows);

    /// <summary>The summed gain of two sides; 0 when their outputs break the direction.</summary>
    public double Gain(in LeafMath math, in LeafSums leaf, int direction, double leftGradient, double leftHessian, int leftRows, double rightGradient, double rightHessian, int rightRows)
    {
        if (!constrained)
        {
            return math.Gain(leftGradient, leftHessian, leftRows, leaf.Output) + math.Gain(rightGradient, rightHessian, rightRows, leaf.Output);
        }

        double left = leaf.Bounds.Clip(math.Output(leftGradient, leftHessian, leftRows, leaf.Output));
        double right = leaf.Bounds.Clip(math.Output(rightGradient, rightHessian, rightRows, leaf.Output));
        bool broken = (direction > 0 && left > right) || (direction < 0 && left < right);
        return broken ? 0 : math.GainAt(leftGradient, leftHessian, left) + math.GainAt(rightGradient, rightHessian, right);
    }

    /// <summary>A side of a split with its output; the hessian's epsilon is taken off again.</summary>
    public SplitSide Side(in LeafMath math, in LeafSums leaf, double gradient, double hessian, int rows) =>
        new(gradient, hessian - LeafMath.Epsilon, leaf.Bounds.Clip(math.Output(gradient, hessian, rows, leaf.Output)));
}
