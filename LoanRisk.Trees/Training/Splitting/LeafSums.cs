namespace LoanRisk.Trees.Training.Splitting;

/// <summary>What a leaf's rows add up to, and what its surroundings ask of it.</summary>
/// <param name="Gradient">Sum of gradients.</param>
/// <param name="Hessian">Sum of hessians.</param>
/// <param name="Rows">Rows in the leaf.</param>
/// <param name="Output">The leaf's own output before shrinkage.</param>
/// <param name="Bounds">What monotone constraints leave its descendants.</param>
internal readonly record struct LeafSums(double Gradient, double Hessian, int Rows, double Output, OutputBounds Bounds)
{
    /// <summary>The sums of the rows that are not on a side.</summary>
    public SideSums Less(in SideSums side) => new(Gradient - side.Gradient, Hessian - side.Hessian, Rows - side.Rows);
}

/// <summary>What the rows on one side of a threshold add up to.</summary>
/// <param name="Gradient">Sum of gradients.</param>
/// <param name="Hessian">Sum of hessians.</param>
/// <param name="Rows">Rows, estimated from the hessians as LightGBM does.</param>
internal readonly record struct SideSums(double Gradient, double Hessian, int Rows);

/// <summary>The range monotone constraints leave for a leaf's output (before shrinkage).</summary>
internal readonly record struct OutputBounds(double Min, double Max)
{
    public static OutputBounds None { get; } = new(double.NegativeInfinity, double.PositiveInfinity);

    public bool IsEmpty => Min > Max;

    public double Clip(double output) => output < Min ? Min : output > Max ? Max : output;

    /// <summary>
    /// Bounds of the two children of a split: everything below goes at most to the middle, everything above starts there.
    /// </summary>
    public (OutputBounds Left, OutputBounds Right) Split(int direction, double leftOutput, double rightOutput)
    {
        var middle = (leftOutput + rightOutput) / 2;
        return direction switch
        {
            > 0 => (this with { Max = Math.Min(Max, middle) }, this with { Min = Math.Max(Min, middle) }),
            < 0 => (this with { Min = Math.Max(Min, middle) }, this with { Max = Math.Min(Max, middle) }),
            _ => (this, this),
        };
    }
}
