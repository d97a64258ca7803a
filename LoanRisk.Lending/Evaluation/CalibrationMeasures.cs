namespace LoanRisk.Lending.Evaluation;

/// <summary>How honest probabilities are.</summary>
/// <param name="Slope">See <see cref="CalibrationLine"/>: 1 is perfect.</param>
/// <param name="SlopeInterval">How sure it is.</param>
/// <param name="Intercept">0 is perfect.</param>
/// <param name="InterceptInterval">How sure it is.</param>
/// <param name="ExpectedError">See <see cref="CalibrationTable.ExpectedError"/>; chance alone keeps it above 0.</param>
/// <param name="ExpectedErrorInterval">
/// Where the error lies without what chance adds: the basic bootstrap, which mirrors the percentiles.
/// </param>
/// <param name="MeanPredicted">Mean probability.</param>
/// <param name="BadRate">Share of the loans that turned bad, which the mean probability should meet.</param>
/// <param name="BadRateInterval">Wilson's interval of that share.</param>
public sealed record CalibrationMeasures(
    double Slope,
    Interval SlopeInterval,
    double Intercept,
    Interval InterceptInterval,
    double ExpectedError,
    Interval ExpectedErrorInterval,
    double MeanPredicted,
    double BadRate,
    Interval BadRateInterval)
{
    internal const int Bins = 10;

    internal static CalibrationMeasures Of(
        ScoredLoans loans, CalibrationLine line, IReadOnlyList<CalibrationLine> lines, IReadOnlyList<double> errors, double level)
    {
        var error = CalibrationTable.Of(loans, Bins).ExpectedError;
        var bad = loans.Counts.BadTotal;
        return new CalibrationMeasures(
            line.Slope,
            Percentiles.Of(lines, level, l => l.Slope),
            line.Intercept,
            Percentiles.Of(lines, level, l => l.Intercept),
            error,
            Percentiles.Mirrored(errors, level, e => e, error),
            loans.Scores.Select((p, g) => p * (loans.Counts.Good(g) + loans.Counts.Bad(g))).Sum() / loans.RowCount,
            (double)bad / loans.RowCount,
            WilsonInterval.Of(bad, loans.RowCount, level));
    }
}
