namespace LoanRisk.Trees.Training.Evaluation;

/// <summary>How well raw scores order labels; a label above 0 counts as 1, as in LightGBM.</summary>
internal static class ValidationMetrics
{
    /// <summary>
    /// Area under the ROC curve: the weight of pairs in which the row with label 1 has the higher score, ties counting
    /// half, over the weight of all pairs of a 1 and a 0. NaN when one class has no weight. O(n log n).
    /// </summary>
    public static double Auc(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        var sorted = scores.ToArray();
        var rows = new int[sorted.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        Array.Sort(sorted, rows);
        double below = 0;
        double positives = 0;
        double won = 0;
        for (var i = 0; i < rows.Length;)
        {
            double tiedPositive = 0;
            double tiedNegative = 0;
            var score = sorted[i];
            for (; i < rows.Length && sorted[i].Equals(score); i++)
            {
                double weight = weights.IsEmpty ? 1 : weights[rows[i]];
                var positive = labels[rows[i]] > 0;
                tiedPositive += positive ? weight : 0;
                tiedNegative += positive ? 0 : weight;
            }

            won += tiedPositive * (below + (tiedNegative / 2));
            below += tiedNegative;
            positives += tiedPositive;
        }

        return won / (positives * below);
    }
}
