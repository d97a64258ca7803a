namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// Gives each category a bin, the most frequent first. The rarest categories, those beyond 99% of the rows once the bins
/// are used up and those with fewer rows than a bin needs, share bin 0 with what is missing.
/// </summary>
internal static class CategoricalBinning
{
    /// <summary>The largest code a category may have: a split holds one bit for each code up to it.</summary>
    public const int LargestCode = 1_000_000;

    /// <summary>The bins of a column, or null when no split could use it.</summary>
    public static FeatureBins? Find(ReadOnlySpan<double> sample, TrainingParameters parameters, int fewestPerSide)
    {
        var categories = MostFrequentFirst(sample, nanIsZero: parameters.ZeroAsMissing || !parameters.UseMissing, out var missingRows);
        var kept = Keep(categories, sample.Length - missingRows, missingRows > 0, parameters);
        var keptRows = categories.Take(kept).Sum(c => c.Rows);
        int[] rowsPerBin = [sample.Length - keptRows, .. categories.Take(kept).Select(c => c.Rows)];
        if (kept == 0 || (fewestPerSide > 0 && !HasSplit(rowsPerBin, sample.Length, fewestPerSide)))
        {
            return null;
        }

        var all = kept == categories.Length && missingRows == 0;
        return FeatureBins.Categorical([-1, .. categories.Take(kept).Select(c => c.Code)], all ? MissingType.None : MissingType.NaN)
            .WithDerivedBin(rowsPerBin);
    }

    /// <summary>Refuses a column whose codes would make its splits huge.</summary>
    public static void CheckCodes(string name, FeatureBins bins)
    {
        var largest = bins.Categories.DefaultIfEmpty(0).Max();
        if (largest > LargestCode)
        {
            throw new ArgumentException($"Categorical column '{name}' holds the code {largest}; codes go up to {LargestCode}. "
                + "Number the categories from 0.", nameof(name));
        }
    }

    // Without a missing value of its own NaN is counted with category 0 here, as LightGBM does, though its rows take bin 0.
    private static (int Code, int Rows)[] MostFrequentFirst(ReadOnlySpan<double> sample, bool nanIsZero, out int missingRows)
    {
        var rows = new Dictionary<int, int>();
        missingRows = 0;
        foreach (var value in sample)
        {
            var code = nanIsZero && double.IsNaN(value) ? 0 : FeatureBins.CodeOf(value);
            if (code < 0)
            {
                missingRows++;
            }
            else
            {
                rows[code] = rows.GetValueOrDefault(code) + 1;
            }
        }

        return [.. rows.Select(pair => (pair.Key, pair.Value)).OrderByDescending(c => c.Value).ThenBy(c => c.Key)];
    }

    // LightGBM takes the 99% in single precision and may go beyond max_bin to reach it; bytes end at 255 bins here.
    private static int Keep((int Code, int Rows)[] categories, int presentRows, bool hasMissing, TrainingParameters parameters)
    {
        var enough = (int)(((float)presentRows * 0.99f) + 0.5);
        var maxBins = Math.Min(categories.Length + (hasMissing ? 1 : 0), parameters.MaxBin);
        var kept = 0;
        var rows = 0;
        while (kept < categories.Length && kept + 1 < 255 && (rows < enough || kept + 1 < maxBins))
        {
            if (categories[kept].Rows < parameters.MinDataInBin && kept > 1)
            {
                break;
            }

            rows += categories[kept++].Rows;
        }

        return kept;
    }

    private static bool HasSplit(int[] rowsPerBin, int rows, int fewestPerSide) =>
        rowsPerBin.Length > 2 || rowsPerBin.Take(rowsPerBin.Length - 1).Any(r => r >= fewestPerSide && rows - r >= fewestPerSide);
}
