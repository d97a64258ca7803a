using LoanRisk.Training.Data;
using LoanRisk.Trees;

namespace LoanRisk.Training.Train;

/// <summary>Raw scores of some rows of a data set.</summary>
internal static class RawScores
{
    public static double[] Of(TreeModel model, DataSet data, int[] rows)
    {
        var scores = new double[rows.Length];
        var row = new double[data.Columns.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            data.CopyRow(rows[i], row);
            scores[i] = model.PredictRaw(row);
        }

        return scores;
    }
}
