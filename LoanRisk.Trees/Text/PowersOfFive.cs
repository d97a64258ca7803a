using System.Numerics;

namespace LoanRisk.Trees.Text;

/// <summary>
/// Powers of five as 128 bits, the first bit set. From 5^0 on truncated; the first 27 below it rounded up, the others truncated,
/// as Lemire's proof has them.
/// </summary>
internal static class PowersOfFive
{
    /// <summary>The exponents that model texts need; others take the slow way.</summary>
    public const int Least = -64;

    /// <summary>See <see cref="Least"/>.</summary>
    public const int Most = 64;

    private const int LeastRoundedUp = -27;

    private static readonly (ulong High, ulong Low)[] Values = [.. Enumerable.Range(Least, Most - Least + 1).Select(Value)];

    public static (ulong High, ulong Low) Of(int exponent) => Values[exponent - Least];

    private static (ulong High, ulong Low) Value(int exponent)
    {
        var power = BigInteger.Pow(5, Math.Abs(exponent));
        if (exponent < 0)
        {
            var length = (int)power.GetBitLength();
            power = ((BigInteger.One << (exponent >= LeastRoundedUp ? length + 127 : (2 * length) + 128)) / power) + 1;
        }

        var surplus = (int)power.GetBitLength() - 128;
        var bits = (UInt128)(surplus < 0 ? power << -surplus : power >> surplus);
        return ((ulong)(bits >> 64), (ulong)bits);
    }
}
