namespace LoanRisk.Lending.Evaluation;

/// <summary>
/// SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): the same numbers from the same seed on every machine and every version of
/// .NET, and independent streams for independent pieces of work. Not for secrets.
/// </summary>
public struct SeededRandom
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    private ulong _state;

    /// <summary>Stream number <paramref name="stream"/> of a seed.</summary>
    public SeededRandom(long seed, long stream = 0) => _state = Mix(Mix((ulong)seed + Step) + ((ulong)stream * Step));

    /// <summary>64 random bits.</summary>
    public ulong NextBits() => Mix(_state += Step);

    /// <summary>From 0 (included) to 1 (not), 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>From 0 to <paramref name="limit"/> - 1 (Lemire's multiplication; off by less than limit / 2^64).</summary>
    public int NextBelow(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
