using LoanRisk.Lending.Evaluation;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Training.Trees;

/// <summary>Labelled rows drawn for the verbs of trees, and the verbs run over them.</summary>
internal sealed class TreesFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The path of a file in it.</summary>
    public string this[string name] => _folder[name];

    public void Dispose() => _folder.Dispose();

    /// <summary>Fits trees to <c>train.csv</c> and writes <c>model.txt</c>.</summary>
    public Task<TestConsole> FitAsync(params string[] more) =>
        TestConsole.RunAsync([
            "trees",
            "fit",
            "--data",
            _folder["train.csv"],
            "--label", "y", "--categorical", "c", "--model",
            _folder["model.txt"],
            .. more,
        ]);

    /// <summary>Writes the raw scores that a model gives rows.</summary>
    public Task<TestConsole> PredictAsync(string model, string data, string output) =>
        TestConsole.RunAsync(
            "trees", "predict", "--model", _folder[model], "--data", _folder[data], "--kind", "raw", "--out", _folder[output]);

    /// <summary><c>train.csv</c> with its categorical column, the third, in words.</summary>
    public IEnumerable<string> WithLevels(string[] levels)
    {
        foreach (var line in File.ReadAllLines(_folder["train.csv"]))
        {
            var fields = line.Split(',');
            fields[2] = int.TryParse(fields[2], out var code) ? $"\"{levels[code].Replace("\"", "\"\"")}\"" : fields[2];
            yield return string.Join(',', fields);
        }
    }

    /// <summary>Draws rows of two numbers, one of them sometimes missing, and a category, with outcomes; writes and returns them.</summary>
    public (string[] Names, double[][] Columns, float[] Labels) WriteData(string file, int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var (x, z, c, y) = (new double[rows], new double[rows], new double[rows], new float[rows]);
        for (var i = 0; i < rows; i++)
        {
            (x[i], z[i], c[i]) = (random.NextBelow(9) == 0 ? double.NaN : random.NextDouble(), random.NextDouble(), random.NextBelow(6));
            y[i] = random.NextDouble() < (double.IsNaN(x[i]) ? 0.7 : (0.2 * x[i]) + (c[i] is 1 or 4 ? 0.5 : 0.1)) ? 1 : 0;
        }

        File.WriteAllLines(
            _folder[file],
            Enumerable.Range(0, rows)
                .Select(i => $"{(double.IsNaN(x[i]) ? "NA" : x[i].ToString("R"))},{z[i]:R},{c[i]},{y[i]}")
                .Prepend("x,z w,c,y"));
        return (["x", "z w", "c"], [x, z, c], y);
    }
}
