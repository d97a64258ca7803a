using System.Globalization;
using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Training.Init;

/// <summary>How well a single column tells the outcome.</summary>
internal static class Leakage
{
    /// <summary>Beyond this a column most likely was written after the outcome.</summary>
    public const double SuspectAuc = 0.95;

    /// <summary>AUC of a column alone, the better of both directions; numbers by their value, texts by the bad rate of each. Missing values have a rate of their own.</summary>
    public static double AucOf(TextColumn column, bool isNumeric, bool[] bad)
    {
        var values = isNumeric ? column.Numbers(t => double.Parse(t, CultureInfo.InvariantCulture)) : RatesOf(column, bad);
        var rank = values.Where(v => !double.IsNaN(v)).Distinct().Order().Index().ToDictionary(v => v.Item, v => v.Index + 1.0);
        var scores = Array.ConvertAll(values, v => double.IsNaN(v) ? 0 : rank[v] / (rank.Count + 1));
        var auc = Auc.Of(scores, bad);
        return Math.Max(auc, 1 - auc);
    }

    private static double[] RatesOf(TextColumn column, bool[] bad)
    {
        var counts = new Dictionary<string, (int All, int Bad)>(StringComparer.Ordinal);
        for (var row = 0; row < bad.Length; row++)
        {
            var text = column.At(row) ?? "";
            var (all, bads) = counts.GetValueOrDefault(text);
            counts[text] = (all + 1, bads + (bad[row] ? 1 : 0));
        }

        return [.. Enumerable.Range(0, bad.Length).Select(row => counts[column.At(row) ?? ""]).Select(c => (double)c.Bad / c.All)];
    }
}
