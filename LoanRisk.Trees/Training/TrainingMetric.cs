namespace LoanRisk.Trees.Training;

/// <summary>
/// What is measured on the validation rows and watched by early stopping; all are weighted by row, and but for <see cref="Auc"/>
/// lower is better.
/// </summary>
public enum TrainingMetric
{
    /// <summary>Mean log loss. LightGBM's <c>binary_logloss</c>.</summary>
    BinaryLogLoss,

    /// <summary>Area under the ROC curve; ties count half; higher is better. LightGBM's <c>auc</c>.</summary>
    Auc,

    /// <summary>Mean squared error.</summary>
    L2,

    /// <summary>Root of the mean squared error.</summary>
    Rmse,

    /// <summary>Mean absolute error.</summary>
    L1,

    /// <summary>Mean negative log-likelihood of a Poisson distribution, without the part that does not depend on the prediction.</summary>
    Poisson,

    /// <summary>Mean log loss against labels from 0 to 1.</summary>
    CrossEntropy,

    /// <summary>Mean negative log of the probability of the row's class.</summary>
    MultiLogLoss,

    /// <summary>Share of rows for which another class is as probable as their own or more.</summary>
    MultiError,
}
