using System.Runtime.InteropServices;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks.Training;

/// <summary>A table that training speed is measured on: single-precision values row after row, as LightGBM takes them.</summary>
/// <param name="Values">Row-major values; NaN is missing.</param>
/// <param name="Labels">0 or 1, one a row.</param>
/// <param name="Categories">Indices of the columns that hold category codes.</param>
/// <param name="Leaves">Leaves a tree is grown to.</param>
internal sealed record SpeedTable(float[] Values, float[] Labels, int[] Categories, int Leaves)
{
    /// <summary>The folder with <c>name.X.f32</c> and <c>name.y.f32</c>, little-endian; without it tables are made up here.</summary>
    public const string Variable = "LOANRISK_TABLES";

    /// <summary>Trees of a run, learning rate and most bins are the same for every table.</summary>
    public const int Trees = 200;

    /// <summary>Names of the tables, with what they are.</summary>
    public static IReadOnlyDictionary<string, string> Names { get; } = new Dictionary<string, string>
    {
        ["loan200k"] = "200,000 x 34",
        ["num1m"] = "1,000,000 x 28",
    };

    public int RowCount => Labels.Length;

    public int ColumnCount => Values.Length / Labels.Length;

    /// <summary>The table of a name.</summary>
    public static SpeedTable Of(string name)
    {
        int[] categories = name == "loan200k" ? [30, 31, 32, 33] : [];
        var leaves = name == "loan200k" ? 31 : 63;
        var (values, labels) = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder
            ? (Floats(folder, $"{name}.X.f32"), Floats(folder, $"{name}.y.f32"))
            : name == "loan200k" ? SyntheticTables.Loans(200_000) : SyntheticTables.Numbers(1_000_000);
        return new(values, labels, categories, leaves);
    }

    /// <summary>The table as the trainer takes it.</summary>
    public TrainingTable Table()
    {
        var columns = new double[ColumnCount][];
        for (var column = 0; column < columns.Length; column++)
        {
            var values = columns[column] = new double[RowCount];
            for (var row = 0; row < values.Length; row++)
            {
                values[row] = Values[(row * columns.Length) + column];
            }
        }

        return new([.. columns.Select(static (_, i) => $"column{i}")], columns, Labels, categoricalFeatures: Categories);
    }

    private static float[] Floats(string folder, string name) =>
        MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(Path.Combine(folder, name))).ToArray();
}
