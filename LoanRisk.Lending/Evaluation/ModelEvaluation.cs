using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// Everything that probabilities and outcomes of loans no step has seen say about a model, with intervals from one bootstrap.
/// </summary>
public sealed record ModelEvaluation
{
    /// <summary>Loans measured.</summary>
    public required int Loans { get; init; }

    /// <summary>How many of them turned bad.</summary>
    public required int Bad { get; init; }

    /// <summary>Measures of order and of honesty that need no threshold.</summary>
    public required Metrics Metrics { get; init; }

    /// <summary>How sure they are.</summary>
    public required MetricIntervals Intervals { get; init; }

    /// <summary>How honest the probabilities are.</summary>
    public required CalibrationMeasures Calibration { get; init; }

    /// <summary>The policy's two thresholds: first <c>declineFrom</c>, then <c>approveBelow</c>.</summary>
    public required IReadOnlyList<ThresholdReport> Thresholds { get; init; }

    /// <summary>Lift and gain by tenths, the riskiest first.</summary>
    public required IReadOnlyList<Decile> Deciles { get; init; }

    /// <summary>Costs by the product's cost matrix and the search for the cheapest threshold.</summary>
    public required BusinessScore Cost { get; init; }

    /// <summary>The curves to draw.</summary>
    public required EvaluationCurves Curves { get; init; }

    /// <summary>
    /// How far the ROC curve may lie by chance, at the level of <see cref="Intervals"/>; null in packages of earlier versions.
    /// </summary>
    public IReadOnlyList<RocBandPoint>? RocBand { get; init; }

    /// <summary>Measures probabilities.</summary>
    /// <param name="probabilities">Calibrated probabilities of a bad loan, strictly between 0 and 1.</param>
    /// <param name="bad">True where the loan turned bad.</param>
    /// <param name="policy">The product's thresholds and costs.</param>
    /// <param name="resampling">How intervals are drawn; a seed alone means the usual number of resamples.</param>
    /// <param name="cancellationToken">Stops between resamples.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a number is no probability.</exception>
    /// <exception cref="InvalidOperationException">Good or bad loans are missing.</exception>
    public static ModelEvaluation Of(
        ReadOnlySpan<double> probabilities,
        ReadOnlySpan<bool> bad,
        Policy policy,
        Resampling resampling,
        CancellationToken cancellationToken = default)
    {
        var loans = new ScoredLoans(probabilities, bad);
        var metrics = Metrics.Of(loans);
        var line = CalibrationLine.Of(probabilities, bad);
        var measure = new ResampleMeasure(loans, policy, line);
        var drawn = Bootstrap.Resample(loans, resampling, measure.Of, cancellationToken);
        var level = resampling.Level;
        return new ModelEvaluation
        {
            Loans = loans.RowCount,
            Bad = (int)loans.Counts.BadTotal,
            Metrics = metrics,
            Intervals = Bootstrap.Intervals(Array.ConvertAll(drawn, d => d.Metrics), level),
            Calibration = CalibrationMeasures.Of(
                loans, line, Array.ConvertAll(drawn, d => d.Line), Array.ConvertAll(drawn, d => d.ExpectedError), level),
            Thresholds =
            [
                Report("declineFrom", policy.DeclineFrom, Array.ConvertAll(drawn, d => d.AtDecline)),
                Report("approveBelow", policy.ApproveBelow, Array.ConvertAll(drawn, d => d.AtApprove)),
            ],
            Deciles = Decile.Table(loans.Counts, Array.ConvertAll(drawn, d => d.Gains), level),
            Cost = BusinessScore.Of(loans, policy, Array.ConvertAll(drawn, d => d.Cost), level),
            Curves = EvaluationCurves.Of(loans, policy),
            RocBand = Evaluation.Curves.RocBand.Of(Array.ConvertAll(drawn, d => d.Recalls), level),
        };

        ThresholdReport Report(string name, double threshold, ThresholdMeasures[] drawnThere)
        {
            var matrix = ConfusionMatrix.Of(loans, threshold);
            return new ThresholdReport(name, matrix, ThresholdMeasures.Of(matrix, policy), ThresholdIntervals.Of(drawnThere, level));
        }
    }

    /// <summary>What is measured on every resample, with all that can be worked out once worked out.</summary>
    private sealed class ResampleMeasure(ScoredLoans loans, Policy policy, CalibrationLine line)
    {
        private readonly double[] _scores = loans.Scores;
        private readonly double[] _logLossCosts = LogLoss.Costs(loans.Scores);
        private readonly double[] _logOdds = Array.ConvertAll(loans.Scores, LogOdds.Of);
        private readonly double _best = BusinessScore.BestOf(loans.Scores, loans.Counts, policy);

        public Resampled Of(OutcomeCounts counts) => new(
            Metrics.Of(_scores, _logLossCosts, counts),
            CalibrationLine.Of(_logOdds, counts, line),
            CalibrationTable.Of(_scores, counts, CalibrationMeasures.Bins).ExpectedError,
            At(counts, policy.DeclineFrom),
            At(counts, policy.ApproveBelow),
            Decile.Gains(counts),
            Evaluation.Curves.RocBand.Recalls(counts),
            new CostOfResample(BusinessScore.BestOf(_scores, counts, policy), At(counts, _best).CostPerLoan));

        private ThresholdMeasures At(OutcomeCounts counts, double threshold) =>
            ThresholdMeasures.Of(ConfusionMatrix.Of(_scores, counts, threshold), policy);
    }

    private sealed record Resampled(
        Metrics Metrics,
        CalibrationLine Line,
        double ExpectedError,
        ThresholdMeasures AtDecline,
        ThresholdMeasures AtApprove,
        double[] Gains,
        double[] Recalls,
        CostOfResample Cost);
}
