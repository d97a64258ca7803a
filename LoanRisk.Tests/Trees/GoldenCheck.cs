using System.Text.RegularExpressions;
using LoanRisk.Trees;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Tests.Trees;

/// <summary>Compares every answer LightGBM gave for a golden case with ours.</summary>
internal static partial class GoldenCheck
{
    /// <summary>Runs all of a case's expectations; an expectation it does not understand is a failure, not a skip.</summary>
    public static void All(GoldenCase golden, ScoringKernel kernel)
    {
        var rows = golden.Rows;
        Assert.NotEmpty(rows);
        Assert.NotEmpty(golden.Expectations);
        foreach (var file in golden.Expectations)
        {
            Expectation(golden, kernel, rows, file);
        }
    }

    private static void Expectation(GoldenCase golden, ScoringKernel kernel, double[][] rows, string file)
    {
        var parts = FileName().Match(file);
        Assert.True(parts.Success, $"{file} is not a file of expected answers");
        var model = golden.Load(parts.Groups["full"].Success ? "model_full.txt" : "model.txt");
        model.Force(kernel);
        var first = parts.Groups["start"].Success ? int.Parse(parts.Groups["start"].Value) : 0;
        var iterations = parts.Groups["num"].Success ? int.Parse(parts.Groups["num"].Value) : -1;
        var expected = golden.Table(file);
        Assert.Equal(rows.Length, expected.Length);
        for (var i = 0; i < rows.Length; i++)
        {
            var actual = Answer(model, parts.Groups["kind"].Value, rows[i], first, iterations);
            Compare(expected[i], actual, parts.Groups["kind"].Value, $"{file} row {i + 1}");
        }
    }

    private static double[] Answer(TreeModel model, string kind, double[] row, int first, int iterations)
    {
        var output = new double[kind == "contrib" ? (model.FeatureCount + 1) * model.OutputCount : model.OutputCount];
        switch (kind)
        {
            case "raw":
                model.PredictRaw(row, output, first, iterations);
                return output;
            case "prob":
                model.Predict(row, output, first, iterations);
                return output;
            case "contrib":
                model.Contributions(row, output, first, iterations);
                return output;
            default:
                var leaves = new int[(iterations < 0 ? model.IterationCount - first : iterations) * model.TreesPerIteration];
                model.PredictLeaves(row, leaves, first, iterations);
                return [.. leaves.Select(static leaf => (double)leaf)];
        }
    }

    // The tolerances: leaves exactly; scores to 1e-12 relative or 1e-15; contributions to 1e-9.
    private static void Compare(double[] expected, double[] actual, string kind, string place)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
        {
            var tolerance = kind switch
            {
                "leaf" => 0,
                "contrib" => 1e-9,
                _ => Math.Max(1e-15, 1e-12 * Math.Abs(expected[i])),
            };
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance,
                $"{place}, value {i + 1}: LightGBM has {expected[i]:R}, we have {actual[i]:R}");
        }
    }

    [GeneratedRegex(@"^expected_(?<full>full_)?(?<kind>raw|prob|leaf|contrib)(_start(?<start>\d+)_num(?<num>\d+))?\.csv$",
        RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FileName();
}
