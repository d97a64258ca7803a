using System.Globalization;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>The real tables of ../shared/data, encoded and dealt into folds as LightGBM's reference runs had them.</summary>
internal static class RealTables
{
    public static LabelledRows Read(string name, IReadOnlyCollection<string> categorical) => name switch
    {
        "german" => Read("german_credit.csv", "Creditability", "0", categorical),
        "peerloan" => Read("peerloan_train.csv", "is_late", "1", categorical),
        "lendingclub" => Read("lendingclub_closed_loans.csv", "outcome", "default", categorical, "status", "purpose_", "home_", "emp_len_"),
        _ => throw new ArgumentException($"No table {name}.", nameof(name)),
    };

    private static LabelledRows Read(
        string file, string label, string bad, IReadOnlyCollection<string> categorical, params string[] leftOut)
    {
        string[][] lines = [.. File.ReadLines(SharedFolder.Require("data", file)).Select(line => line.Split(','))];
        var header = lines[0];
        var rows = lines[1..];
        var labelAt = Array.IndexOf(header, label);
        int[] features = [.. Enumerable.Range(0, header.Length).Where(c => c != labelAt && !leftOut.Contains(header[c]))];
        float[] labels = [.. rows.Select(row => row[labelAt] == bad ? 1f : 0f)];
        return new LabelledRows(
            [.. features.Select(c => header[c])],
            [.. features.Select(c => Encode(header[c], [.. rows.Select(row => row[c])], categorical.Contains(header[c])))],
            labels,
            [.. Enumerable.Range(0, features.Length).Where(f => categorical.Contains(header[features[f]]))],
            Deal(labels));
    }

    private static double[] Encode(string name, string[] column, bool categorical)
    {
        if (categorical && !column.All(v => int.TryParse(v, CultureInfo.InvariantCulture, out _)))
        {
            string[] levels = [.. column.Where(v => v.Length > 0).Distinct().Order(StringComparer.Ordinal)];
            return [.. column.Select(v => v.Length == 0 ? double.NaN : Array.IndexOf(levels, v))];
        }

        return [.. column.Select(v => Number(name, v))];
    }

    private static double Number(string name, string value) => (name, value) switch
    {
        (_, "") => double.NaN,
        ("emp_length", "< 1 year") => 0,
        ("emp_length", _) => double.Parse(value.Split(' ')[0].TrimEnd('+'), CultureInfo.InvariantCulture),
        ("grade", [>= 'A' and <= 'G']) => value[0] - 'A',
        _ => double.Parse(value, CultureInfo.InvariantCulture),
    };

    // The rows of each class in file order, dealt 0..4 in turn.
    private static int[] Deal(float[] labels)
    {
        int[] next = [0, 0];
        return [.. labels.Select(label => next[(int)label]++ % 5)];
    }
}
