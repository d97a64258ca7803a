using System.Collections.Immutable;

namespace LoanRisk.MLNet.Writing;

/// <summary>What the column Probability of an ML.NET model holds.</summary>
public sealed record ZipProbability
{
    private ZipProbability()
    {
    }

    /// <summary>LightGBM's own sigmoid over the raw score.</summary>
    public static ZipProbability Own { get; } = new();

    internal (double Slope, double Intercept)? Sigmoid { get; private init; }

    internal ImmutableArray<(double Score, double Probability)> Curve { get; private init; }

    /// <summary>1 / (1 + exp(-(<paramref name="slope"/> * raw score + <paramref name="intercept"/>))), as Platt has it.</summary>
    public static ZipProbability Platt(double slope, double intercept) => new() { Sigmoid = (slope, intercept) };

    /// <summary>
    /// Straight lines between points, flat beyond the first and the last; in single precision, which ML.NET keeps of it.
    /// </summary>
    /// <param name="points">At least one; raw scores rise, probabilities do not fall.</param>
    public static ZipProbability Isotonic(IEnumerable<(double Score, double Probability)> points) => new() { Curve = [.. points] };
}
