namespace LoanRisk.Lending.Statistics;

/// <summary>Ranks of numbers.</summary>
internal static class Ranks
{
    /// <summary>1 for the lowest; equal numbers share their mean rank; NaN stays NaN.</summary>
    public static double[] Of(double[] values)
    {
        var order = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).ToArray();
        Array.Sort(Array.ConvertAll(order, i => values[i]), order);
        var ranks = new double[values.Length];
        Array.Fill(ranks, double.NaN);
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && values[order[end]] == values[order[start]])
            {
                end++;
            }

            // Ranks start + 1 to end have this mean.
            var rank = (start + 1 + end) / 2.0;
            for (; start < end; start++)
            {
                ranks[order[start]] = rank;
            }
        }

        return ranks;
    }
}
