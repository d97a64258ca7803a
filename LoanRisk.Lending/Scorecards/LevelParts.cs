namespace LoanRisk.Lending.Scorecards;

/// <summary>Nominal levels as parts from the safest to the riskiest; the rare ones together form one part.</summary>
internal static class LevelParts
{
    public static List<BinPart> Of(double[] column, bool[] bad, double fewestLoans)
    {
        var counts = new SortedDictionary<int, (int Good, int Bad)>();
        for (var i = 0; i < column.Length; i++)
        {
            if (!double.IsNaN(column[i]))
            {
                var (good, badCount) = counts.GetValueOrDefault((int)column[i]);
                counts[(int)column[i]] = bad[i] ? (good, badCount + 1) : (good + 1, badCount);
            }
        }

        var levels = counts.Select(c => new BinPart(c.Value.Good, c.Value.Bad, double.NaN, [c.Key])).ToList();
        var rare = levels.Where(l => l.Loans < fewestLoans).ToArray();
        var parts = levels.Except(rare).ToList();
        if (rare.Length > 0)
        {
            parts.Add(rare.Aggregate((all, next) => all.With(next)));
        }

        return [.. parts.OrderBy(p => p.BadRate).ThenBy(p => p.Codes[0])];
    }
}
