namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>How the probabilities of good and of bad loans are spread, in bins of one width.</summary>
internal static class ScoreHistogram
{
    private const int Bins = 40;

    // A few very risky loans must not squeeze all others into one bin: the last bin takes the riskiest half percent.
    private const double LastBinFrom = 0.995;

    public static IReadOnlyList<ScoreBin> Of(ScoredLoans loans)
    {
        var (lowest, highest) = (loans.Scores[0], loans.Scores[^1]);
        var edges = Edges(lowest, Below(loans, LastBinFrom), highest);
        var (good, bad) = (new long[edges.Length - 1], new long[edges.Length - 1]);
        var bin = 0;
        for (var g = 0; g < loans.Counts.GroupCount; g++)
        {
            while (bin < good.Length - 1 && loans.Scores[g] >= edges[bin + 1])
            {
                bin++;
            }

            (good[bin], bad[bin]) = (good[bin] + loans.Counts.Good(g), bad[bin] + loans.Counts.Bad(g));
        }

        return
        [
            .. good.Select(
                (n, i) => new ScoreBin(edges[i], edges[i + 1], (double)n / loans.Counts.GoodTotal, (double)bad[i] / loans.Counts.BadTotal)),
        ];
    }

    private static double[] Edges(double lowest, double tail, double highest)
    {
        if (!(lowest < highest))
        {
            return [lowest, highest];
        }

        var top = tail > lowest ? tail : highest;
        var width = (top - lowest) / (tail > lowest && tail < highest ? Bins - 1 : Bins);
        double[] edges = [.. Enumerable.Range(0, Bins).Select(i => lowest + (i * width)), highest];
        return edges;
    }

    // The score that this share of the loans does not exceed.
    private static double Below(ScoredLoans loans, double share)
    {
        var seen = 0L;
        for (var g = 0; g < loans.Counts.GroupCount; g++)
        {
            seen += loans.Counts.Good(g) + loans.Counts.Bad(g);
            if (seen >= share * loans.RowCount)
            {
                return loans.Scores[g];
            }
        }

        return loans.Scores[^1];
    }
}
