using LoanRisk.Benchmarks.Native;
using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>What LightGBM itself makes of a table and a line of NAME=VALUE words.</summary>
internal static class NativeTraining
{
    /// <summary>The table's rows, names, weights and categories.</summary>
    public static NativeDataset Rows(LightGbmLibrary library, TrainingTable table, string options, NativeDataset? reference = null)
    {
        var dataset = NativeDataset.Of(library, Values(table), [.. table.Labels], Words(options), reference);
        dataset.Name(table.FeatureNames);
        if (table.Weights is { } weights)
        {
            dataset.Set("weight", [.. weights]);
        }

        return dataset;
    }

    /// <summary>A booster without trees on the table.</summary>
    public static NativeBooster Booster(NativeDataset rows, string options) => NativeBooster.On(rows, Words(options));

    /// <summary>The model text after all iterations.</summary>
    public static string Train(LightGbmLibrary library, TrainingTable table, string options)
    {
        using var booster = Booster(Rows(library, table, options), options);
        for (var left = TrainingOptions.Parse(options).NumIterations; left > 0 && booster.Update(); left--)
        {
        }

        return booster.Save();
    }

    /// <summary>A model text's answers for each row of the table, one after the other.</summary>
    public static double[] Predict(LightGbmLibrary library, string model, TrainingTable table, NativeKind kind, int outputs)
    {
        using var booster = NativeBooster.Load(library, model);
        var answers = new double[table.RowCount * outputs];
        Assert.Equal(answers.Length, booster.Predict(Values(table), table.FeatureCount, kind, answers));
        return answers;
    }

    private static double[] Values(TrainingTable table) =>
        [.. Enumerable.Range(0, table.RowCount).SelectMany(row => SyntheticLoans.Row(table, row))];

    private static string Words(string options) =>
        $"deterministic=true force_row_wise=true num_threads=1 verbosity=-1 categorical_feature={SyntheticLoans.Purpose} {options}";
}
