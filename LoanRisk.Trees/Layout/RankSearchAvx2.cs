using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoanRisk.Trees.Layout;

/// <summary>
/// Ranks by counting, without a branch on the value. Thresholds lie in groups, filled up with +infinity, which nothing
/// is above; in front of them the last threshold of each group. The number of those below a value names its group, and
/// the number of the group's thresholds below it completes the rank.
/// <code>
///  up to 16 thresholds:  | 16 thresholds |
///  up to 63:             | 8 last ones   | 8 groups of 8   |
///  up to 254:            | 16 last ones  | 16 groups of 16 |
/// </code>
/// Ranks come out with their top bit flipped, so that signed comparisons order them.
/// </summary>
internal sealed unsafe class RankSearchAvx2
{
    private const byte Flip = 0x80;
    private const int CacheLine = 8;
    private readonly Place[] _places;
    private readonly double[] _tables;

    public RankSearchAvx2(NumberColumn[] columns)
    {
        _places = new Place[columns.Length];
        var sizes = columns.Select(static column => Size(column.Thresholds.Length)).ToArray();
        var length = sizes.Sum(static size => size.Groups == 1 ? size.Width : size.Groups + (size.Groups * size.Width));
        _tables = GC.AllocateArray<double>(length + CacheLine, pinned: true);
        var start = FirstOfCacheLine(_tables);
        for (var i = 0; i < columns.Length; i++)
        {
            _places[i] = new(columns[i].Bound, columns[i].Feature, start, sizes[i].Groups, columns[i].MissingRank);
            start = Fill(start, sizes[i].Groups, sizes[i].Width, columns[i].Thresholds);
        }
    }

    private readonly record struct Place(double Bound, int Feature, int Start, int Groups, byte MissingRank);

    /// <summary>The ranks of a row, one a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RankRow(double* row, byte* ranks)
    {
        fixed (double* all = _tables)
        fixed (Place* first = _places)
        {
            var count = _places.Length;
            for (var i = 0; i < count; i++)
            {
                var place = first + i;
                var value = row[place->Feature];
                var table = all + place->Start;
                var rank = place->Groups switch
                {
                    1 => CountOf16(table, Vector256.Create(value)),
                    8 => RankIn63(table, Vector256.Create(value)),
                    _ => RankIn254(table, Vector256.Create(value)),
                };
                ranks[i] = (byte)((Math.Abs(value) > place->Bound ? rank + 1 : place->MissingRank) ^ Flip);
            }
        }
    }

    /// <summary>The ranks of one column for rows that are <paramref name="stride"/> values apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void RankColumn(int column, double* rows, int stride, int count, byte* ranks)
    {
        fixed (double* all = _tables)
        {
            var place = _places[column];
            var table = all + place.Start;
            rows += place.Feature;
            switch (place.Groups)
            {
                case 1:
                    for (var i = 0; i < count; i++, rows += stride)
                    {
                        ranks[i] = Flipped(*rows, CountOf16(table, Vector256.Create(*rows)), in place);
                    }

                    break;
                case 8:
                    for (var i = 0; i < count; i++, rows += stride)
                    {
                        ranks[i] = Flipped(*rows, RankIn63(table, Vector256.Create(*rows)), in place);
                    }

                    break;
                default:
                    for (var i = 0; i < count; i++, rows += stride)
                    {
                        ranks[i] = Flipped(*rows, RankIn254(table, Vector256.Create(*rows)), in place);
                    }

                    break;
            }
        }
    }

    private static (int Groups, int Width) Size(int thresholds) => thresholds switch
    {
        <= 16 => (1, 16),
        <= 63 => (8, 8),
        _ => (16, 16),
    };

    // Every table is a whole number of cache lines, so that none of its vectors lies across two.
    private static int FirstOfCacheLine(double[] pinned)
    {
        fixed (double* start = pinned)
        {
            return (int)(((nuint)CacheLine - ((nuint)start / sizeof(double) % CacheLine)) % CacheLine);
        }
    }

    private int Fill(int start, int groups, int width, double[] thresholds)
    {
        var first = groups == 1 ? start : start + groups;
        var values = _tables.AsSpan(first, groups * width);
        values.Fill(double.PositiveInfinity);
        thresholds.CopyTo(values);
        for (var group = 0; first > start && group < groups; group++)
        {
            _tables[start + group] = values[(group * width) + width - 1];
        }

        return first + values.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Flipped(double value, int rank, in Place place) =>
        (byte)((Math.Abs(value) > place.Bound ? rank + 1 : place.MissingRank) ^ Flip);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RankIn63(double* table, Vector256<double> value)
    {
        var group = CountOf8(table, value);
        return (group * 8) + CountOf8(table + 8 + (group * 8), value);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int RankIn254(double* table, Vector256<double> value)
    {
        var group = CountOf16(table, value);
        return (group * 16) + CountOf16(table + 16 + (group * 16), value);
    }

    // Packing keeps a mask's lanes as ever narrower masks, in another order, which a count does not mind.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountOf16(double* values, Vector256<double> limit)
    {
        var low = Avx2.PackSignedSaturate(Below(values, limit), Below(values + 4, limit));
        var high = Avx2.PackSignedSaturate(Below(values + 8, limit), Below(values + 12, limit));
        return BitOperations.PopCount((uint)Avx2.MoveMask(Avx2.PackSignedSaturate(low, high))) >> 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountOf8(double* values, Vector256<double> limit) =>
        BitOperations.PopCount((uint)Avx2.MoveMask(Avx2.PackSignedSaturate(Below(values, limit), Below(values + 4, limit)).AsByte())) >> 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Below(double* values, Vector256<double> limit) =>
        Avx.CompareLessThan(Avx.LoadVector256(values), limit).AsInt32();
}
