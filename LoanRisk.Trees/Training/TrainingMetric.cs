namespace LoanRisk.Trees.Training;

/// <summary>What early stopping watches on the validation rows.</summary>
public enum TrainingMetric
{
    /// <summary>Mean log loss, weighted; lower is better. LightGBM's <c>binary_logloss</c>.</summary>
    BinaryLogLoss,

    /// <summary>Area under the ROC curve, weighted; ties count half; higher is better. LightGBM's <c>auc</c>.</summary>
    Auc,
}
