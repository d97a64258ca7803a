using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Training.Binning;

/// <summary>
/// The codes of a table as bytes. Columns lie in stripes of eight, row by row, so that one load brings a row's codes of
/// eight columns and the histograms of a stripe fit the first-level cache:
/// <code>
/// stripe 0: | row 0: column 0 .. 7 | row 1: column 0 .. 7 | ...
/// stripe 1: | row 0: column 8 .. 15 | ...
/// </code>
/// Columns are spread evenly over the stripes, those with many codes first; lanes left over repeat lane 0.
/// </summary>
internal sealed class BinColumns
{
    /// <summary>Columns a stripe holds at most.</summary>
    public const int Lanes = 8;

    private readonly byte[][] _stripes;
    private readonly int[][] _columnsOf;
    private readonly FeaturePlace[] _places;

    public BinColumns(ColumnPlan plan, int rows)
    {
        Plan = plan;
        RowCount = rows;
        int[] order = [.. Enumerable.Range(0, plan.ColumnCount).OrderByDescending(plan.CodeCount)];
        var count = (order.Length + Lanes - 1) / Lanes;
        _stripes = [.. Enumerable.Range(0, count).Select(_ => GC.AllocateUninitializedArray<byte>(rows * Lanes, pinned: true))];
        _columnsOf = [.. Enumerable.Range(0, count)
            .Select(stripe => order[Spread(order.Length, count, stripe)..Spread(order.Length, count, stripe + 1)])];
        _places = new FeaturePlace[plan.FeatureCount];
        for (var stripe = 0; stripe < count; stripe++)
        {
            for (var lane = 0; lane < _columnsOf[stripe].Length; lane++)
            {
                foreach (var feature in plan.Features(_columnsOf[stripe][lane]))
                {
                    _places[feature] = new FeaturePlace(stripe, lane, plan.Codes(feature));
                }
            }
        }
    }

    public ColumnPlan Plan { get; }

    public int RowCount { get; }

    public int StripeCount => _stripes.Length;

    /// <summary>The bin of a row in a feature.</summary>
    public int this[int feature, int row]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            ref readonly var place = ref _places[feature];
            return place.Codes.BinOf(_stripes[place.Stripe][(row * Lanes) + place.Lane]);
        }
    }

    /// <summary>Where a feature lies.</summary>
    public FeaturePlace Place(int feature) => _places[feature];

    /// <summary>A stripe's columns, lane by lane.</summary>
    public ReadOnlySpan<int> ColumnsOf(int stripe) => _columnsOf[stripe];

    /// <summary>Codes that the columns of a stripe have at most.</summary>
    public int CodeCount(int stripe) => _columnsOf[stripe].Max(Plan.CodeCount);

    /// <summary>A stripe's bytes; the array is pinned.</summary>
    public byte[] Stripe(int stripe) => _stripes[stripe];

    /// <summary>The bytes of a feature's column from a row on; the next row's is <see cref="Lanes"/> further.</summary>
    public Span<byte> From(int feature, int row) => _stripes[_places[feature].Stripe].AsSpan((row * Lanes) + _places[feature].Lane);

    /// <summary>Repeats lane 0 in the lanes that no column has.</summary>
    public void FillLeftOver(int firstRow, int count)
    {
        for (var stripe = 0; stripe < _stripes.Length; stripe++)
        {
            if (_columnsOf[stripe].Length == Lanes)
            {
                continue;
            }

            for (var row = _stripes[stripe].AsSpan(firstRow * Lanes, count * Lanes); !row.IsEmpty; row = row[Lanes..])
            {
                row[_columnsOf[stripe].Length..Lanes].Fill(row[0]);
            }
        }
    }

    private static int Spread(int columns, int stripes, int stripe) => (stripe * (columns / stripes)) + Math.Min(stripe, columns % stripes);
}

/// <summary>A feature's stripe, its column's byte within a row of the stripe, and its codes there.</summary>
internal readonly record struct FeaturePlace(int Stripe, int Lane, FeatureCodes Codes);
