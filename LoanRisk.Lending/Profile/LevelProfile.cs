using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Lending.Profile;

/// <summary>One level of a column.</summary>
/// <param name="Value">The data's spelling; empty for levels that a feature does not list.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Loans">Loans that have it.</param>
/// <param name="Share">Their share of the loans that have any.</param>
/// <param name="Bad">How many of them turned bad.</param>
/// <param name="BadRate">Their share; null without loans.</param>
/// <param name="BadRateInterval">Wilson's 95 % interval; null without loans.</param>
public sealed record LevelProfile(string Value, string Label, int Loans, double Share, int Bad, double? BadRate, Interval? BadRateInterval)
{
    /// <summary>Levels shown of a column that is no feature.</summary>
    public const int MostShown = 50;

    internal static (IReadOnlyList<LevelProfile> Shown, int LeftOut) Table(ProfiledColumn column, bool[] bad)
    {
        if (column.Levels.Count == 0)
        {
            return ([], 0);
        }

        // One more for levels that a feature does not list.
        var (loans, badLoans) = (new int[column.Levels.Count + 1], new int[column.Levels.Count + 1]);
        for (var i = 0; i < bad.Length; i++)
        {
            if (!double.IsNaN(column.Values[i]))
            {
                var code = Math.Min((int)column.Values[i], column.Levels.Count);
                (loans[code], badLoans[code]) = (loans[code] + 1, badLoans[code] + (bad[i] ? 1 : 0));
            }
        }

        var given = Math.Max(1, loans.Sum());
        var all = Enumerable.Range(0, loans.Length).Where(c => c < column.Levels.Count || loans[c] > 0).Select(Row);
        if (column.Feature is not null)
        {
            return ([.. all], 0);
        }

        var sorted = all.OrderByDescending(l => l.Loans).ThenBy(l => l.Value, StringComparer.Ordinal).ToArray();
        return (sorted[..Math.Min(MostShown, sorted.Length)], Math.Max(0, sorted.Length - MostShown));

        LevelProfile Row(int code) => new(
            code < column.Levels.Count ? column.Levels[code].Value : "",
            code < column.Levels.Count ? column.Levels[code].Label : "Any other",
            loans[code],
            (double)loans[code] / given,
            badLoans[code],
            loans[code] == 0 ? null : (double)badLoans[code] / loans[code],
            loans[code] == 0 ? null : WilsonInterval.Of(badLoans[code], loans[code]));
    }
}
