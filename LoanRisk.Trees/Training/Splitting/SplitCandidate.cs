namespace LoanRisk.Trees.Training.Splitting;

/// <summary>The best split found for a leaf, or for one feature of it.</summary>
internal readonly record struct SplitCandidate
{
    /// <summary>No split.</summary>
    public static SplitCandidate None { get; } = new() { Feature = -1, Gain = double.NegativeInfinity };

    /// <summary>Index among the usable features; -1 when there is no split.</summary>
    public int Feature { get; init; }

    /// <summary>Gain over the unsplit leaf, less min_gain_to_split.</summary>
    public double Gain { get; init; }

    /// <summary>Numerical: bins up to this one go left.</summary>
    public int ThresholdBin { get; init; }

    /// <summary>Numerical: where the missing bin goes.</summary>
    public bool DefaultLeft { get; init; }

    /// <summary>Categorical: the bins that go left; null for a numerical split.</summary>
    public int[]? LeftBins { get; init; }

    /// <summary>1 or -1 when the feature is bound to a direction, 0 otherwise.</summary>
    public int Direction { get; init; }

    public SplitSide Left { get; init; }

    public SplitSide Right { get; init; }

    /// <summary>Whether this split is to be made before another: the higher gain, on a tie the smaller feature.</summary>
    public bool IsBetterThan(in SplitCandidate other) =>
        Gain > other.Gain || (Gain == other.Gain && (uint)Feature < (uint)other.Feature);
}

/// <summary>One side of a split.</summary>
internal readonly record struct SplitSide(double Gradient, double Hessian, double Output);
