namespace LoanRisk.Lending.Evaluation;

/// <summary>The measures of a set of probabilities against what became of the loans.</summary>
/// <param name="Auc">See <see cref="Evaluation.Auc"/>.</param>
/// <param name="Gini">See <see cref="Evaluation.Gini"/>.</param>
/// <param name="Ks">See <see cref="KolmogorovSmirnov"/>.</param>
/// <param name="LogLoss">See <see cref="Evaluation.LogLoss"/>.</param>
/// <param name="Brier">See <see cref="BrierScore"/>.</param>
/// <param name="AveragePrecision">See <see cref="Evaluation.AveragePrecision"/>.</param>
public sealed record Metrics(double Auc, double Gini, double Ks, double LogLoss, double Brier, double AveragePrecision)
{
    /// <summary>Measures probabilities.</summary>
    public static Metrics Of(ScoredLoans loans) => Of(loans.Scores, Evaluation.LogLoss.Costs(loans.Scores), loans.Counts);

    internal static Metrics Of(double[] probabilities, double[] logLossCosts, OutcomeCounts counts)
    {
        var auc = Evaluation.Auc.Of(counts);
        return new Metrics(
            auc,
            Evaluation.Gini.Of(auc),
            KolmogorovSmirnov.Of(counts),
            Evaluation.LogLoss.Of(counts, logLossCosts),
            BrierScore.Of(probabilities, counts),
            Evaluation.AveragePrecision.Of(counts));
    }
}
