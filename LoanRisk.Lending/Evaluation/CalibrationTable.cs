namespace LoanRisk.Lending.Evaluation;

/// <summary>Predicted against observed in bins of about equally many loans, from the safest to the riskiest.</summary>
/// <param name="Bins">The bins; loans of one score are never split over two.</param>
public sealed record CalibrationTable(IReadOnlyList<CalibrationBin> Bins)
{
    /// <summary>Expected calibration error: the mean distance between predicted and observed, weighed by loans.</summary>
    public double ExpectedError => Bins.Sum(b => b.Loans * Math.Abs(b.Predicted - b.Observed)) / Bins.Sum(b => (double)b.Loans);

    /// <summary>Makes the table.</summary>
    public static CalibrationTable Of(ScoredLoans loans, int bins = 10) => Of(loans.Scores, loans.Counts, bins);

    internal static CalibrationTable Of(double[] scores, OutcomeCounts counts, int bins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        var table = new List<CalibrationBin>(bins);
        var all = counts.GoodTotal + counts.BadTotal;
        var (seen, rows, bad, sum) = (0L, 0, 0, 0.0);
        for (var g = 0; g < counts.GroupCount; g++)
        {
            var size = counts.Good(g) + counts.Bad(g);
            (rows, bad, sum, seen) = (rows + size, bad + counts.Bad(g), sum + (size * scores[g]), seen + size);
            if (rows > 0 && seen * bins >= (table.Count + 1L) * all)
            {
                table.Add(new CalibrationBin(rows, sum / rows, (double)bad / rows));
                (rows, bad, sum) = (0, 0, 0);
            }
        }

        return new CalibrationTable(table);
    }
}

/// <summary>One bin of a <see cref="CalibrationTable"/>.</summary>
/// <param name="Loans">Loans in it.</param>
/// <param name="Predicted">Their mean probability.</param>
/// <param name="Observed">The share of them that turned bad.</param>
public sealed record CalibrationBin(int Loans, double Predicted, double Observed);
