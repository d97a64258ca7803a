namespace LoanRisk.Benchmarks.Fixtures;

/// <summary>Random values of a seed, after the distributions that made-up tables need.</summary>
internal sealed class Draws(int seed)
{
    private readonly Random _random = new(seed);

    public double Uniform() => _random.NextDouble();

    /// <summary>Mean 0, deviation 1 (Box and Muller).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());

    /// <summary>A count with that mean (Knuth's product of uniforms).</summary>
    public int Poisson(double mean)
    {
        var count = -1;
        for (var product = 1.0; product > Math.Exp(-mean); count++)
        {
            product *= _random.NextDouble();
        }

        return count;
    }

    /// <summary>One of so many levels, the later ones rarer.</summary>
    public int Level(int levels) => (int)(levels * (1 - Math.Sqrt(1 - _random.NextDouble())));
}
