using System.Globalization;

namespace LoanRisk.Trees.Training;

/// <summary>Whether an objective can learn from a table's labels.</summary>
internal static class LabelCheck
{
    /// <exception cref="ArgumentException">A label is not allowed; the message names its row and what is.</exception>
    public static void Check(TrainingTable table, TrainingParameters parameters, string which)
    {
        for (int row = 0; row < table.RowCount; row++)
        {
            if (!parameters.AllowsLabel(table.Labels[row]))
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"The label of row {row} (counted from 0) of the {which} table is {table.Labels[row]}; it must be {parameters.LabelsAllowed}."), nameof(table));
            }
        }
    }

    /// <exception cref="ArgumentException">The labels leave the objective no score to start from.</exception>
    public static void CheckStart(TrainingTable table, TrainingParameters parameters)
    {
        if (parameters.Objective == TrainingObjective.Poisson && !table.Labels.Where((label, row) => label > 0 && (table.Weights is null || table.Weights[row] > 0)).Any())
        {
            throw new ArgumentException("All labels are 0; objective poisson needs one above 0, for it starts from the logarithm of their mean.", nameof(table));
        }
    }
}
