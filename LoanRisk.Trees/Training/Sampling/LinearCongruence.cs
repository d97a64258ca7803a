namespace LoanRisk.Trees.Training.Sampling;

/// <summary>
/// The linear congruential generator LightGBM draws from (multiplier 214013, increment 2531011, modulus 2^32). The same
/// numbers give the same bags, feature draws and bin samples as LightGBM's for one seed.
/// </summary>
internal sealed class LinearCongruence(int seed)
{
    private uint _state = unchecked((uint)seed);

    /// <summary>A number in [0, 1) of 15 random bits.</summary>
    public float NextFraction() => NextFifteenBits() / 32768f;

    /// <summary>15 random bits.</summary>
    public int NextFifteenBits() => (int)((Advance() >> 16) & 0x7FFF);

    /// <summary>A number from 0 to <paramref name="below"/> - 1.</summary>
    public int NextBelow(int below) => (int)(Advance() & 0x7FFFFFFF) % below;

    /// <summary>
    /// Draws <paramref name="count"/> of the numbers 0 .. <paramref name="total"/> - 1 without repetition, in ascending order.
    /// </summary>
    public int[] Draw(int total, int count)
    {
        if (count >= total)
        {
            return [.. Enumerable.Range(0, total)];
        }

        return count > 1 && count > total / Math.Log2(count) ? DrawInOnePass(total, count) : DrawFew(total, count);
    }

    // Knuth's algorithm S: each number is taken with the probability that the remaining ones are needed.
    private int[] DrawInOnePass(int total, int count)
    {
        var drawn = new List<int>(count);
        for (var i = 0; i < total; i++)
        {
            var probability = (count - drawn.Count) / (double)(total - i);
            if (NextFraction() < probability)
            {
                drawn.Add(i);
            }
        }

        return [.. drawn];
    }

    // Floyd's algorithm: one draw a number, however large the total.
    private int[] DrawFew(int total, int count)
    {
        var drawn = new SortedSet<int>();
        for (var last = total - count; last < total; last++)
        {
            var candidate = NextBelow(last + 1);
            if (!drawn.Add(candidate))
            {
                drawn.Add(last);
            }
        }

        return [.. drawn];
    }

    private uint Advance() => _state = unchecked((214013 * _state) + 2531011);
}
