namespace LoanRisk.Lending.Products;

/// <summary>The measure in which a candidate must be better than the champion.</summary>
public enum PromotionMetric
{
    /// <summary>Area under the ROC curve: order alone.</summary>
    Auc,

    /// <summary>Brier score: order and honesty of the probabilities.</summary>
    Brier,

    /// <summary>Log loss: the same, harder on confident mistakes.</summary>
    LogLoss,
}

/// <summary>What a candidate must show before it takes the champion's place, on rows that neither has seen.</summary>
public sealed record PromotionRule
{
    /// <summary>Holds where a product file says nothing.</summary>
    public static PromotionRule Default { get; } = new();

    /// <summary>The measure in which it must be better.</summary>
    public PromotionMetric Metric { get; init; } = PromotionMetric.Auc;

    /// <summary>It must be better by more than this, in the metric's own unit; not below 0.</summary>
    public double MinimumGain { get; init; }

    /// <summary>
    /// The low end of the gain's paired 95 % interval must be above <see cref="MinimumGain"/>; if not, the gain itself suffices.
    /// </summary>
    public bool MustBeSignificant { get; init; } = true;

    /// <summary>Largest expected calibration error as a share of the bad rate; it fails when the whole interval lies above.</summary>
    public double LargestCalibrationError { get; init; } = 0.25;

    /// <summary>Slopes of the calibration line that pass; it fails when the whole interval lies outside.</summary>
    public ValueRange CalibrationSlope { get; init; } = new(0.8, 1.25);
}
