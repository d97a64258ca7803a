using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Layout;

/// <summary>
/// Sets of category codes, one bit a code. A set of a small column has 32 bytes; one of a large column has its length in
/// bytes and then as many as its largest code needs, so that memory grows with the model alone.
/// </summary>
internal sealed class CodeSets
{
    /// <summary>Bytes of a set of a small column.</summary>
    public const int SmallBytes = CategoryColumn.SmallCodes / 8;

    private readonly List<byte> _bytes = [];
    private readonly Dictionary<Small, int> _known = [];

    private readonly record struct Small(ulong A, ulong B, ulong C, ulong D);

    /// <summary>All sets so far.</summary>
    public byte[] ToArray() => [.. _bytes];

    /// <summary>Where the set of the codes of some categories lies; -1 when there is no more room.</summary>
    public int Add(CategoryColumn column, ReadOnlySpan<uint> categories)
    {
        if (_bytes.Count > Array.MaxLength - (CategoryColumn.MostWords * sizeof(uint)) - sizeof(int))
        {
            return -1;
        }

        return column.IsLarge ? AddLarge(column, categories) : AddSmall(column, categories);
    }

    /// <summary>A set of a large column has the code.</summary>
    public static bool HasLarge(ReadOnlySpan<byte> sets, int set, int code)
    {
        var place = code >> 3;
        return place < BinaryPrimitives.ReadInt32LittleEndian(sets[set..]) && (sets[set + sizeof(int) + place] >> (code & 7) & 1) != 0;
    }

    private int AddSmall(CategoryColumn column, ReadOnlySpan<uint> categories)
    {
        Span<byte> set = stackalloc byte[SmallBytes];
        set.Clear();
        Write(column, categories, set);
        var words = MemoryMarshal.Cast<byte, ulong>(set);
        ref var place = ref CollectionsMarshal.GetValueRefOrAddDefault(
            _known, new(words[0], words[1], words[2], words[3]), out var isKnown);
        if (!isKnown)
        {
            place = _bytes.Count;
            _bytes.AddRange(set);
        }

        return place;
    }

    private int AddLarge(CategoryColumn column, ReadOnlySpan<uint> categories)
    {
        var place = _bytes.Count;
        categories = categories.TrimEnd(0u);
        var largest = categories.IsEmpty ? 0 : column.Code((categories.Length * 32.0) - 1 - BitOperations.LeadingZeroCount(categories[^1]));
        var length = (largest >> 3) + 1;
        CollectionsMarshal.SetCount(_bytes, place + sizeof(int) + length);
        var set = CollectionsMarshal.AsSpan(_bytes)[place..];
        set.Clear();
        BinaryPrimitives.WriteInt32LittleEndian(set, length);
        Write(column, categories, set[sizeof(int)..]);
        return place;
    }

    private static void Write(CategoryColumn column, ReadOnlySpan<uint> categories, Span<byte> set)
    {
        for (var i = 0; i < categories.Length; i++)
        {
            for (var word = categories[i]; word != 0; word &= word - 1)
            {
                var code = column.Code((i * 32.0) + BitOperations.TrailingZeroCount(word));
                set[code >> 3] |= (byte)(1 << (code & 7));
            }
        }
    }
}
