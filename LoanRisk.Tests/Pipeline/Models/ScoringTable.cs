using System.Globalization;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>Scores rows by an exported table alone, as the README beside it says.</summary>
internal sealed class ScoringTable
{
    private readonly Dictionary<string, Dictionary<string, Line>> _trees = [];

    public ScoringTable(string path, IReadOnlyList<string> features)
    {
        var lines = File.ReadAllLines(path);
        var header = lines[0].Split(',');
        foreach (var text in lines.Skip(1))
        {
            var cells = header.Zip(text.Split(',')).ToDictionary(pair => pair.First, pair => pair.Second);
            _trees.TryAdd(cells["tree"], []);
            _trees[cells["tree"]].Add(cells["node"], Read(cells, features.ToList().IndexOf(cells["feature"])));
        }
    }

    /// <summary>The sum of one leaf a tree.</summary>
    public double Raw(double[] row) => _trees.Values.Sum(tree => Leaf(tree, row));

    private static double Leaf(Dictionary<string, Line> tree, double[] row)
    {
        var line = tree.TryGetValue("0", out var root) ? root : tree["leaf 0"];
        while (line.Value is null)
        {
            line = tree[line.Next(row[line.Feature])];
        }

        return line.Value.Value;
    }

    private static Line Read(Dictionary<string, string> cells, int feature) => new(
        feature,
        cells["test"] == "in"
            ? [
                .. cells["left_codes"]
                    .Split('|', StringSplitOptions.RemoveEmptyEntries)
                    .Select(code => int.Parse(code, CultureInfo.InvariantCulture))]
            : null,
        Number(cells["threshold"]) ?? 0,
        cells[cells["missing"] == "left" ? "left" : "right"],
        cells["zero_is_missing"] == "yes",
        cells["left"],
        cells["right"],
        Number(cells["value"]));

    private static double? Number(string text) => text.Length == 0 ? null : double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Line(
        int Feature, HashSet<int>? Codes, double Threshold, string Missing, bool ZeroIsMissing, string Left, string Right, double? Value)
    {
        public string Next(double given)
        {
            var value = Math.Abs(given) <= 1.0000000180025095e-35 ? 0 : given;
            return double.IsNaN(value) || (ZeroIsMissing && value == 0) ? Missing : GoesLeft(value) ? Left : Right;
        }

        private bool GoesLeft(double value) =>
            Codes is null ? value <= Threshold : value > -1 && value < int.MaxValue && Codes.Contains((int)value);
    }
}
