using LoanRisk.Trees.Training;

namespace LoanRisk.Tests.Trees.Training;

/// <summary>A whole table with the fold of each row, to be cut into training and test parts.</summary>
internal sealed record LabelledRows(string[] Names, double[][] Columns, float[] Labels, int[] Categorical, int[] Folds)
{
    /// <summary>The rows outside a fold.</summary>
    public TrainingTable Without(int fold) => Part(row => Folds[row] != fold);

    /// <summary>The rows of a fold.</summary>
    public TrainingTable Only(int fold) => Part(row => Folds[row] == fold);

    private TrainingTable Part(Func<int, bool> belongs)
    {
        int[] rows = [.. Enumerable.Range(0, Labels.Length).Where(belongs)];
        return new TrainingTable(Names, [.. Columns.Select(column => rows.Select(row => column[row]).ToArray())],
            [.. rows.Select(row => Labels[row])], null, Categorical);
    }
}
