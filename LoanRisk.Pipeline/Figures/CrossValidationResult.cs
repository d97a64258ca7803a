namespace LoanRisk.Pipeline.Figures;

/// <summary>How well trees with some parameters rank loans that they have not seen.</summary>
/// <param name="Auc">Mean of <paramref name="AucByFold"/>.</param>
/// <param name="AucByFold">AUC on each held-out fold.</param>
/// <param name="LogLoss">Mean log loss of the uncalibrated probabilities on the held-out folds.</param>
/// <param name="Brier">Mean Brier score of the same.</param>
/// <param name="BestIterations">Trees in the model of each fold: those that early stopping kept.</param>
public sealed record CrossValidationResult(
    double Auc, IReadOnlyList<double> AucByFold, double LogLoss, double Brier, IReadOnlyList<int> BestIterations);
