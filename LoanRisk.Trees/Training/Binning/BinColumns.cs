using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// The bins of a table as bytes. Columns lie in stripes of eight, row by row, so that one load brings a row's bins of
/// eight columns and the histograms of a stripe fit the first-level cache:
/// <code>
/// stripe 0: | row 0: column 0 .. 7 | row 1: column 0 .. 7 | ...
/// stripe 1: | row 0: column 8 .. 15 | ...
/// </code>
/// Columns are spread evenly over the stripes; lanes left over repeat lane 0.
/// </summary>
internal sealed class BinColumns
{
    /// <summary>Columns a stripe holds at most.</summary>
    public const int Lanes = 8;

    private readonly byte[][] stripes;
    private readonly ColumnPlace[] places;
    private readonly (int First, int Count)[] columnsOf;

    public BinColumns(int columns, int rows)
    {
        RowCount = rows;
        int count = (columns + Lanes - 1) / Lanes;
        stripes = [.. Enumerable.Range(0, count).Select(_ => GC.AllocateUninitializedArray<byte>(rows * Lanes, pinned: true))];
        columnsOf = [.. Enumerable.Range(0, count).Select(stripe => Spread(columns, count, stripe))];
        places = [.. columnsOf.SelectMany((own, stripe) => Enumerable.Range(0, own.Count).Select(lane => new ColumnPlace(stripe, lane)))];
    }

    public int RowCount { get; }

    public int ColumnCount => places.Length;

    public int StripeCount => stripes.Length;

    /// <summary>The bin of a row in a column.</summary>
    public byte this[int column, int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => stripes[places[column].Stripe][(row * Lanes) + places[column].Lane];
    }

    /// <summary>Where a column lies.</summary>
    public ColumnPlace Place(int column) => places[column];

    /// <summary>The first of a stripe's columns and how many it has.</summary>
    public (int First, int Count) ColumnsOf(int stripe) => columnsOf[stripe];

    /// <summary>A stripe's bytes; the array is pinned.</summary>
    public byte[] Stripe(int stripe) => stripes[stripe];

    /// <summary>A column's bytes from a row on; the next row's is <see cref="Lanes"/> further.</summary>
    public Span<byte> From(int column, int row) => stripes[places[column].Stripe].AsSpan((row * Lanes) + places[column].Lane);

    /// <summary>Repeats lane 0 in the lanes that no column has.</summary>
    public void FillLeftOver(int firstRow, int count)
    {
        for (int stripe = 0; stripe < stripes.Length; stripe++)
        {
            for (Span<byte> row = stripes[stripe].AsSpan(firstRow * Lanes, count * Lanes); !row.IsEmpty; row = row[Lanes..])
            {
                row[columnsOf[stripe].Count..Lanes].Fill(row[0]);
            }
        }
    }

    private static (int First, int Count) Spread(int columns, int stripes, int stripe)
    {
        int most = columns % stripes;
        int count = columns / stripes;
        return ((stripe * count) + Math.Min(stripe, most), count + (stripe < most ? 1 : 0));
    }
}

/// <summary>A column's stripe and its byte within a row of the stripe.</summary>
internal readonly record struct ColumnPlace(int Stripe, int Lane);
