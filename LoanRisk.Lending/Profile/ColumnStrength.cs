using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Scorecards;

namespace LoanRisk.Lending.Profile;

/// <summary>How well a column alone tells bad loans from good ones.</summary>
/// <param name="Auc">
/// The best AUC the column gives by itself, from 0.5 (nothing) to 1: by its order either way, or by the bad rates of its values.
/// </param>
/// <param name="ByOrder">
/// AUC of its order among the rows that have a value: above 0.5 when risk rises with it, below when it falls; null without an order or
/// without both outcomes.
/// </param>
/// <param name="ByValue">
/// AUC of the bad rates of its levels (or of twenty bins of its numbers; missing is one too), each learned on the other four fifths of the
/// rows, so that a column of different texts everywhere is not taken for a good one.
/// </param>
/// <param name="ByGivenValue">
/// The same among the rows that have a value alone, as in a column that only some of the files have; null when fewer than ten of either
/// outcome have one.
/// </param>
/// <param name="GivesAway">
/// The column tells the outcome nearly by itself, with an AUC over <see cref="LeakAuc"/> on enough rows for that not to be chance.
/// </param>
public sealed record ColumnStrength(double Auc, double? ByOrder, double ByValue, double? ByGivenValue, bool GivesAway)
{
    /// <summary>A column that alone reaches more than this AUC is taken for a leak.</summary>
    public const double LeakAuc = 0.95;

    // With fewer, an AUC near 1 comes about by chance.
    private const int FewestOfAnOutcome = 10;

    private const int Folds = 5;
    private const int Bins = 20;

    // The cell of missing values; those of values follow.
    private const int Missing = 0;

    /// <summary>The strength of a column of a file.</summary>
    /// <param name="column">The column.</param>
    /// <param name="bad">The outcomes, one a cell; both occur.</param>
    public static ColumnStrength Of(FileColumn column, bool[] bad) => Of(ProfiledColumn.Of(column), bad);

    internal static ColumnStrength Of(ProfiledColumn column, bool[] bad)
    {
        var byOrder = column.IsOrdered ? Order(column.Values, bad) : null;
        var cells = Cells(column, bad);
        var byValue = Value(cells, bad);
        var byGivenValue = GivenValue(cells, bad, byValue);
        double[] all = [0.5, byValue, byGivenValue ?? 0, byOrder is { } auc ? Math.Max(auc, 1 - auc) : 0];
        // The order is that of the given rows, so it tells as little as they do when they are few.
        var sure = !AreEnough(bad) ? 0 : byGivenValue is null ? byValue : all.Max();
        return new ColumnStrength(all.Max(), byOrder, byValue, byGivenValue, sure > LeakAuc);
    }

    private static bool AreEnough(bool[] bad) => bad.Count(b => b) is var count && Math.Min(count, bad.Length - count) >= FewestOfAnOutcome;

    private static double? GivenValue(int[] cells, bool[] bad, double ofAll)
    {
        var rows = Enumerable.Range(0, cells.Length).Where(i => cells[i] > Missing).ToArray();
        var outcomes = Array.ConvertAll(rows, r => bad[r]);
        return !AreEnough(outcomes) ? null
            : rows.Length == cells.Length ? ofAll
            : Value(Array.ConvertAll(rows, r => cells[r]), outcomes);
    }

    private static double? Order(double[] values, bool[] bad)
    {
        var rows = Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i])).ToArray();
        var outcomes = Array.ConvertAll(rows, r => bad[r]);
        return outcomes.Contains(true) && outcomes.Contains(false)
            ? Evaluation.Auc.Of(Array.ConvertAll(rows, r => values[r]), outcomes)
            : null;
    }

    private static int[] Cells(ProfiledColumn column, bool[] bad)
    {
        if (!column.IsOrdered)
        {
            return Array.ConvertAll(column.Values, v => double.IsNaN(v) ? Missing : (int)v + 1);
        }

        var ends = NumberParts.Of(column.Values, bad, Bins).Select(p => p.UpTo).SkipLast(1).ToArray();
        return Array.ConvertAll(column.Values, v => double.IsNaN(v) ? Missing : 1 + FirstNotBelow(ends, v));
    }

    private static int FirstNotBelow(double[] ends, double value)
    {
        var place = Array.BinarySearch(ends, value);
        return place >= 0 ? place : ~place;
    }

    // Where the other rows know nothing of a cell, its rate is that of all loans, the same in every fold.
    private static double Value(int[] cells, bool[] bad)
    {
        var rate = (double)bad.Count(b => b) / bad.Length;
        var (loans, badLoans) = (new int[cells.Max() + 1, Folds], new int[cells.Max() + 1, Folds]);
        for (var i = 0; i < cells.Length; i++)
        {
            loans[cells[i], i % Folds]++;
            badLoans[cells[i], i % Folds] += bad[i] ? 1 : 0;
        }

        var scores = new double[cells.Length];
        for (var i = 0; i < scores.Length; i++)
        {
            var (n, b) = (0, 0);
            for (var fold = 0; fold < Folds; fold++)
            {
                (n, b) = fold == i % Folds ? (n, b) : (n + loans[cells[i], fold], b + badLoans[cells[i], fold]);
            }

            scores[i] = (b + rate) / (n + 1);
        }

        return Evaluation.Auc.Of(scores, bad);
    }
}
