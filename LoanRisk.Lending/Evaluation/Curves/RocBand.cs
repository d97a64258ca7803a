namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>
/// How far the ROC curve may lie by chance of the sample alone: at each share of false alarms the middle of the recalls that resamples
/// reach there (vertical averaging; Fawcett, An introduction to ROC analysis, 2006). Each place by itself: the whole curve leaves the band
/// more often.
/// </summary>
internal static class RocBand
{
    private const int Steps = 400;

    private const int MostPoints = 80;

    /// <summary>Recall of counted loans at each share of false alarms, 0 to 1 in equal steps; straight lines join the thresholds.</summary>
    public static double[] Recalls(OutcomeCounts counts)
    {
        var recalls = new double[Steps + 1];
        double good = 0, bad = 0;
        var next = 0;
        for (var g = counts.GroupCount - 1; g >= 0; g--)
        {
            var (goodAfter, badAfter) = (good + counts.Good(g), bad + counts.Bad(g));
            // A place that a threshold meets belongs to the last threshold that does: the upper end of an upright line.
            for (; next <= Steps && GoodAt(next) < goodAfter; next++)
            {
                recalls[next] = (bad + ((badAfter - bad) * (GoodAt(next) - good) / (goodAfter - good))) / counts.BadTotal;
            }

            (good, bad) = (goodAfter, badAfter);
        }

        recalls.AsSpan(next).Fill(1);
        return recalls;

        double GoodAt(int step) => (double)step * counts.GoodTotal / Steps;
    }

    /// <summary>The band of many resamples.</summary>
    public static IReadOnlyList<RocBandPoint> Of(IReadOnlyList<double[]> resamples, double level)
    {
        var points = Enumerable.Range(0, Steps + 1).Select(step => Percentiles.Of(resamples, level, r => r[step]))
            .Select((recall, step) => new RocBandPoint((double)step / Steps, recall.Low, recall.High)).ToArray();
        var places = CurveThinning.PlacesUpTo(
            MostPoints,
            Array.ConvertAll(points, p => p.FalseAlarms),
            [Array.ConvertAll(points, p => p.Low), Array.ConvertAll(points, p => p.High)]);
        return [.. places.Select(place => points[place])];
    }
}

/// <summary>A place of the band around a ROC curve.</summary>
/// <param name="FalseAlarms">Share of the good loans that are refused.</param>
/// <param name="Low">Lower end of the share of the bad loans that are refused then.</param>
/// <param name="High">Upper end.</param>
public sealed record RocBandPoint(double FalseAlarms, double Low, double High);
