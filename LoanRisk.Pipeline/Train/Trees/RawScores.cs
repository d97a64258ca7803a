using LoanRisk.Pipeline.Data;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>Raw scores of some rows of a data set.</summary>
public static class RawScores
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
