namespace LoanRisk.Lending.Evaluation;

/// <summary>A tenth of the loans, from the riskiest to the safest.</summary>
/// <param name="Number">1 for the riskiest.</param>
/// <param name="Loans">Loans in it: a tenth of all, which need not be whole.</param>
/// <param name="Bad">
/// Bad loans in it. Loans of one score on a border are shared out in proportion, so that their order does not matter.
/// </param>
/// <param name="BadRate"><paramref name="Bad"/> of <paramref name="Loans"/>.</param>
/// <param name="Lift">Bad rate over that of all loans.</param>
/// <param name="CumulativeLift">Lift of this and all riskier tenths together.</param>
/// <param name="Gain">Share of all bad loans in this and all riskier tenths.</param>
/// <param name="LiftInterval">How sure the lift is.</param>
/// <param name="GainInterval">How sure the gain is.</param>
public sealed record Decile(
    int Number,
    double Loans,
    double Bad,
    double BadRate,
    double Lift,
    double CumulativeLift,
    double Gain,
    Interval LiftInterval,
    Interval GainInterval)
{
    private const int Parts = 10;

    internal static IReadOnlyList<Decile> Table(OutcomeCounts counts, IReadOnlyList<double[]> resampledGains, double level)
    {
        var gains = Gains(counts);
        double all = counts.GoodTotal + counts.BadTotal, bad = counts.BadTotal;
        return [.. Enumerable.Range(0, Parts).Select(d => new Decile(
            d + 1,
            all / Parts,
            Part(gains, d) * bad,
            Part(gains, d) * bad / (all / Parts),
            Part(gains, d) * Parts,
            gains[d] * Parts / (d + 1),
            gains[d],
            Percentiles.Of(resampledGains, level, g => Part(g, d) * Parts),
            Percentiles.Of(resampledGains, level, g => g[d])))];
    }

    /// <summary>Share of all bad loans in the riskiest 1, 2, ... 10 tenths.</summary>
    internal static double[] Gains(OutcomeCounts counts)
    {
        var gains = new double[Parts];
        double all = counts.GoodTotal + counts.BadTotal, seen = 0, bad = 0;
        var next = 0;
        for (var g = counts.GroupCount - 1; g >= 0; g--)
        {
            double size = counts.Good(g) + counts.Bad(g);
            for (; next < Parts - 1 && seen + size >= all * (next + 1) / Parts; next++)
            {
                gains[next] = (bad + (counts.Bad(g) * (((all * (next + 1) / Parts) - seen) / size))) / counts.BadTotal;
            }

            (seen, bad) = (seen + size, bad + counts.Bad(g));
        }

        gains[^1] = 1;
        return gains;
    }

    private static double Part(double[] gains, int decile) => gains[decile] - (decile == 0 ? 0 : gains[decile - 1]);
}
