using System.Security.Cryptography;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// Ids of decisions: 36 letters and digits that begin with the moment, so that new rows stand together in every index, and end with 132
/// random bits, so that nobody finds a decision by guessing.
/// </summary>
public static class DecisionId
{
    /// <summary>How many characters an id has.</summary>
    public const int Length = 36;

    // Crockford's base 32 in small letters: it sorts as the numbers do, and has no letter that looks like a digit.
    private const string Alphabet = "0123456789abcdefghjkmnpqrstvwxyz";

    private const int BitsEach = 5;

    private const int Mask = (1 << BitsEach) - 1;

    private const int TimeBits = 48;

    private const int Whole = TimeBits / BitsEach;

    // The character in which time and chance meet holds the last three bits of the one.
    private const int TimeBitsInMixed = TimeBits % BitsEach;

    private const int Drawn = Length - Whole;

    private const int DrawnAtOnce = 64;

    [ThreadStatic]
    private static byte[]? _random;

    [ThreadStatic]
    private static int _used;

    /// <summary>A new id. Those of a later millisecond sort after it.</summary>
    /// <param name="moment">When it is given.</param>
    public static string New(DateTimeOffset moment) => string.Create(Length, moment, static (id, moment) =>
    {
        var milliseconds = Math.Clamp(moment.ToUnixTimeMilliseconds(), 0, (1L << TimeBits) - 1);
        for (var i = 0; i < Whole; i++)
        {
            id[i] = Alphabet[(int)(milliseconds >> (TimeBits - (BitsEach * (i + 1)))) & Mask];
        }

        var random = NextRandom();
        const int Free = BitsEach - TimeBitsInMixed;
        id[Whole] = Alphabet[((int)(milliseconds << Free) & Mask) | (random[0] & ((1 << Free) - 1))];
        for (var i = 1; i < Drawn; i++)
        {
            id[Whole + i] = Alphabet[random[i] & Mask];
        }
    });

    // A call of the system for every id would cost more than the rest of it.
    private static ReadOnlySpan<byte> NextRandom()
    {
        if (_random is null || _used == _random.Length)
        {
            _random ??= new byte[Drawn * DrawnAtOnce];
            RandomNumberGenerator.Fill(_random);
            _used = 0;
        }

        _used += Drawn;
        return _random.AsSpan(_used - Drawn, Drawn);
    }
}
