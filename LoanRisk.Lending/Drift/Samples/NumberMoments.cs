namespace LoanRisk.Lending.Drift.Samples;

/// <summary>Count, mean and variance of numbers, which can be added up from parts.</summary>
/// <param name="Count">How many.</param>
/// <param name="Mean">Their mean; 0 without any.</param>
/// <param name="SquaredDeviations">Sum of squared differences from the mean.</param>
public readonly record struct NumberMoments(long Count, double Mean, double SquaredDeviations)
{
    /// <summary>Variance of the population that the numbers are a sample of; NaN for fewer than two.</summary>
    public double Variance => Count < 2 ? double.NaN : SquaredDeviations / (Count - 1);

    /// <summary>Of numbers of which none is missing: the mean first, then the differences from it, so that no digits cancel.</summary>
    public static NumberMoments Of(ReadOnlySpan<double> numbers)
    {
        if (numbers.IsEmpty)
        {
            return default;
        }

        var sum = 0.0;
        foreach (var number in numbers)
        {
            sum += number;
        }

        var (mean, squares, rest) = (sum / numbers.Length, 0.0, 0.0);
        foreach (var number in numbers)
        {
            var difference = number - mean;
            squares += difference * difference;
            rest += difference;
        }

        // The mean is rounded; what that leaves is taken off again (Chan, Golub and LeVeque, The American Statistician 37, 1983).
        return new NumberMoments(numbers.Length, mean, Math.Max(0, squares - (rest * rest / numbers.Length)));
    }

    /// <summary>Of both together (the same source).</summary>
    public NumberMoments Plus(NumberMoments other)
    {
        if (Count == 0 || other.Count == 0)
        {
            return Count == 0 ? other : this;
        }

        var count = Count + other.Count;
        var difference = other.Mean - Mean;
        return new NumberMoments(
            count,
            Mean + (difference * other.Count / count),
            SquaredDeviations + other.SquaredDeviations + (difference * difference * ((double)Count / count) * other.Count));
    }
}
