namespace LoanRisk.Trees.Training.Losses;

/// <summary>The weighted mean of labels, summed in row order.</summary>
internal static class LabelMean
{
    // As far from 0 and 1 as LightGBM keeps a rate.
    private const double Epsilon = 1e-15f;

    public static double Of(ReadOnlySpan<float> labels, ReadOnlySpan<float> weights)
    {
        double sum = 0;
        double all = 0;
        for (var row = 0; row < labels.Length; row++)
        {
            sum += weights.IsEmpty ? labels[row] : (double)labels[row] * weights[row];
            all += weights.IsEmpty ? 1 : weights[row];
        }

        return sum / all;
    }

    /// <summary>The log-odds of a rate, which is kept away from 0 and 1.</summary>
    public static double LogOdds(double rate)
    {
        var inside = Math.Max(Math.Min(rate, 1.0 - Epsilon), Epsilon);
        return Math.Log(inside / (1 - inside));
    }
}
