namespace LoanRisk.Lending.Scorecards;

/// <summary>Numbers cut into parts of about the same size; equal numbers stay together.</summary>
internal static class NumberParts
{
    public static List<BinPart> Of(double[] column, bool[] bad, int parts)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(parts, 1);
        var rows = Enumerable.Range(0, column.Length).Where(i => !double.IsNaN(column[i])).ToArray();
        Array.Sort(Array.ConvertAll(rows, r => column[r]), rows);
        var found = new List<BinPart>();
        for (var start = 0; start < rows.Length;)
        {
            // The end that the remaining parts share out evenly, moved up past equal numbers.
            var end = start + (int)Math.Ceiling((rows.Length - start) / (double)Math.Max(1, parts - found.Count));
            while (end < rows.Length && column[rows[end]] == column[rows[end - 1]])
            {
                end++;
            }

            var badCount = rows[start..end].Count(r => bad[r]);
            found.Add(new BinPart(end - start - badCount, badCount, UpTo(column, rows, end), []));
            start = end;
        }

        return found;
    }

    // Half way to the next number, so that numbers which fall between two of the data go to the nearer one.
    private static double UpTo(double[] column, int[] rows, int end)
    {
        var last = column[rows[end - 1]];
        if (end == rows.Length)
        {
            return last;
        }

        var next = column[rows[end]];
        var middle = Short(last, next);
        return middle >= last && middle < next ? middle : last;
    }

    // The shortest decimal between the two that is about half way: a person reads it in the points table.
    private static double Short(double last, double next)
    {
        var middle = (last / 2) + (next / 2);
        for (var digits = 0; digits <= 15; digits++)
        {
            var rounded = Math.Round(middle, digits);
            if (rounded > last && rounded < next)
            {
                return rounded;
            }
        }

        return last;
    }
}
