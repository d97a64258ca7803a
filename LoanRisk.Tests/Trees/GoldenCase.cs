using System.Globalization;
using System.Text.Json;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Trees;

/// <summary>A folder with a model that LightGBM trained, input rows, and LightGBM's own answers for them.</summary>
internal sealed class GoldenCase(string folder)
{
    public string ModelText { get; } = File.ReadAllText(Path.Combine(folder, "model.txt"));

    /// <summary>The rows' values, one row after the other.</summary>
    public double[][] Rows => Table("input.csv");

    public JsonElement Meta => JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "meta.json"))).RootElement;

    /// <summary>Every file of expected answers, by name.</summary>
    public IEnumerable<string> Expectations =>
        Directory.EnumerateFiles(folder, "expected_*.csv").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public TreeModel Load(string file = "model.txt") => TreeModel.Parse(File.ReadAllText(Path.Combine(folder, file)));

    /// <summary>The numbers of a CSV file with a header line.</summary>
    public double[][] Table(string file) =>
        [.. File.ReadLines(Path.Combine(folder, file)).Skip(1).Select(static line => line.Split(',').Select(Number).ToArray())];

    private static double Number(string text) => text switch
    {
        "nan" or "" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
