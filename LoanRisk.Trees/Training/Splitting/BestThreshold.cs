namespace LoanRisk.Trees.Training.Splitting;

/// <summary>The best threshold of one scan; the gain is still that of both sides, the unsplit leaf's not taken off.</summary>
internal readonly record struct BestThreshold(double Gain, double LeftGradient, double LeftHessian, int LeftRows, int Bin)
{
    /// <summary>What a scan starts from.</summary>
    public static BestThreshold None { get; } = new(double.NegativeInfinity, 0, 0, 0, 0);

    /// <summary>This split, or the one found before unless this is better: compared after the shift was taken off and put on again, as LightGBM does.</summary>
    public SplitCandidate OrBetter(in SplitCandidate sofar, SplitRules rules, in LeafSums leaf, double gainShift, bool defaultLeft, int direction)
    {
        if (!(Gain > sofar.Gain + gainShift))
        {
            return sofar;
        }

        return new SplitCandidate
        {
            Gain = Gain - gainShift,
            ThresholdBin = Bin,
            DefaultLeft = defaultLeft,
            Direction = direction,
            Left = rules.Side(rules.Math, leaf, LeftGradient, LeftHessian, LeftRows),
            Right = rules.Side(rules.Math, leaf, leaf.Gradient - LeftGradient, leaf.Hessian - LeftHessian, leaf.Rows - LeftRows),
        };
    }
}
