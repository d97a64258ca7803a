namespace LoanRisk.Trees.Training;

public sealed partial record TrainingParameters
{
    /// <summary>Keeps features of which no row has two away from their default bins in one column: faster and smaller for one-hot columns, and the same trees.</summary>
    public bool EnableBundle { get; init; } = true;

    /// <summary>Rounds gradients and hessians to few whole steps while a tree is grown (Shi et al. 2022).</summary>
    public bool UseQuantizedGrad { get; init; }

    /// <summary>Steps from 0 to the largest hessian; gradients have as many from the most negative to the most positive.</summary>
    public int NumGradQuantBins { get; init => field = Allowed.Within(value, 2, 127, "num_grad_quant_bins"); } = 4;

    /// <summary>With <see cref="UseQuantizedGrad"/>: takes the finished leaves' outputs from the gradients as they were before rounding.</summary>
    public bool QuantTrainRenewLeaf { get; init; }

    /// <summary>With <see cref="UseQuantizedGrad"/>: rounds up as often as a value is near the next step, so that sums are right in the mean; else to the nearest step.</summary>
    public bool StochasticRounding { get; init; } = true;
}
