namespace LoanRisk.Trees.Training.Sampling;

/// <summary>Selection by radix: the bits of floats of at least 0 order as the floats do.</summary>
internal static class LargestFloats
{
    private const int LowBits = 16;

    /// <summary>The value that is the <paramref name="rank"/>-th largest, from 1. O(n).</summary>
    public static float AtRank(ReadOnlySpan<float> values, int rank)
    {
        uint high = Bucket(values, 0, 0, ref rank);
        uint low = Bucket(values, LowBits, high, ref rank);
        return BitConverter.UInt32BitsToSingle((high << LowBits) | low);
    }

    // Of the values whose first bits are a prefix: the next 16 bits of the one at the rank, which becomes its rank among those that share them.
    private static uint Bucket(ReadOnlySpan<float> values, int prefixBits, uint prefix, ref int rank)
    {
        var counts = new int[1 << LowBits];
        foreach (float value in values)
        {
            uint bits = BitConverter.SingleToUInt32Bits(value);
            if (prefixBits == 0)
            {
                counts[bits >> LowBits]++;
            }
            else if (bits >> LowBits == prefix)
            {
                counts[bits & 0xFFFF]++;
            }
        }

        int bucket = counts.Length - 1;
        while (rank > counts[bucket])
        {
            rank -= counts[bucket--];
        }

        return (uint)bucket;
    }
}
