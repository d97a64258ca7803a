using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Layout;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.SmallTrees;

/// <summary>
/// SHAP values of a model of small trees, looked up in <see cref="OutcomeTables"/>. A block's values become columns of bytes once,
/// as for scoring; then each tree's outcomes are found for 32 rows an instruction, and each feature of a row adds one value a tree
/// that it decides in. The same bits for a row alone, in a block and on every machine: every sum takes tree after tree in file
/// order. The scratch memory of a block:
/// <code>
///  numbers       N x 256 bytes      ranks, top bit flipped
///  categories    C x 256 bytes      codes
///  outcomes      T x 256 bytes      one a tree
/// </code>
/// </summary>
internal sealed unsafe class SmallTreeShap : ITreeShap
{
    private const int Rows = 256;
    private const byte Flip = 0x80;

    private readonly RankedForest _forest;
    private readonly OutcomeTables _tables;
    private readonly RankSearchAvx2? _search;
    private readonly byte[]?[][] _sides;
    private readonly int _classes;

    private SmallTreeShap(RankedForest forest, OutcomeTables tables, RankSearchAvx2? search, int classes)
    {
        (_forest, _tables, _search, _classes) = (forest, tables, search, classes);
        _sides = [.. forest.Trees.Select(nodes => nodes.Select((node, i) => node.Set < 0 ? null : Sides(forest, node, i)).ToArray())];
    }

    public int BlockRows => Rows;

    private int Columns => _forest.Numbers.Length + _forest.Categories.Length;

    /// <summary>Lays a sound model out; null when it has a tree that is not small, or categories whose codes do not fit a byte.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public static SmallTreeShap? Of(TreeModel model, PlainForest plain, ScoringKernel kernel) =>
        OutcomeTables.Of(model, plain) is { } tables && RankedForestBuilder.Build(model) is { } ranked
            && !ranked.Categories.Any(static column => column.IsLarge)
            ? new(ranked, tables, kernel == ScoringKernel.Avx2 ? new(ranked.Numbers) : null, model.OutputCount)
            : null;

    public void ExplainRow(ReadOnlySpan<double> row, Span<double> output, TreeRange range)
    {
        var rented = ArrayPool<byte>.Shared.Rent(Columns + _forest.Trees.Length);
        fixed (double* values = row)
        fixed (byte* columns = rented)
        {
            Rank(values, 1, columns, stride: 1);
            var outcomes = columns + Columns;
            for (var tree = range.First; tree < range.End; tree++)
            {
                outcomes[tree] = Outcome(tree, columns);
            }

            for (var feature = 0; feature < _classes * _forest.FeatureCount; feature++)
            {
                var sum = 0.0;
                foreach (var slot in _tables.SlotsIn(feature, range))
                {
                    sum += _tables.Values[slot.Start + outcomes[slot.Tree]];
                }

                output[feature + (feature / _forest.FeatureCount)] = sum;
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
        WriteBases(output, 1, range);
    }

    public void ExplainBlock(ReadOnlySpan<double> rows, Span<double> outputs, TreeRange range)
    {
        var count = rows.Length / _forest.FeatureCount;
        var rented = ArrayPool<byte>.Shared.Rent((Columns + range.End - range.First) * Rows);
        Span<double> sums = stackalloc double[Rows];
        fixed (double* values = rows, table = _tables.Values, firstSum = sums)
        fixed (byte* columns = rented)
        {
            Rank(values, count, columns, Rows);
            var outcomes = columns + (Columns * Rows);
            for (var tree = range.First; tree < range.End; tree++)
            {
                FindOutcomes(tree, columns, outcomes + ((tree - range.First) * Rows), count);
            }

            for (var feature = 0; feature < _classes * _forest.FeatureCount; feature++)
            {
                sums.Clear();
                Add(_tables.SlotsIn(feature, range), table, outcomes - ((long)range.First * Rows), firstSum, count);
                Write(sums[..count], outputs, feature);
            }
        }

        ArrayPool<byte>.Shared.Return(rented);
        WriteBases(outputs, count, range);
    }

    // For each code the bit of a categorical node that sends it right.
    private static byte[] Sides(RankedForest forest, RankedNode node, int place) =>
        [.. Enumerable.Range(0, CategoryColumn.SmallCodes).Select(code => (byte)(forest.IsLeft(node, code) ? 0 : 1 << place))];

    private void Rank(double* rows, int count, byte* columns, int stride)
    {
        for (var column = 0; column < _forest.Numbers.Length; column++, columns += stride)
        {
            if (_search is not null)
            {
                _search.RankColumn(column, rows, _forest.FeatureCount, count, columns);
                continue;
            }

            var number = _forest.Numbers[column];
            for (var row = 0; row < count; row++)
            {
                columns[row] = (byte)(number.Rank(rows[(row * _forest.FeatureCount) + number.Feature]) ^ Flip);
            }
        }

        foreach (var category in _forest.Categories)
        {
            for (var row = 0; row < count; row++)
            {
                columns[row] = (byte)category.Code(rows[(row * _forest.FeatureCount) + category.Feature]);
            }

            columns += stride;
        }
    }

    private byte Outcome(int tree, byte* columns)
    {
        var (nodes, nodeSides, outcome) = (_forest.Trees[tree], _sides[tree], 0);
        for (var i = 0; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            var value = columns[node.Column];
            outcome |= nodeSides[i] is { } side ? side[value] : (sbyte)(value - node.Shift) > (sbyte)(node.Threshold ^ Flip) ? 1 << i : 0;
        }

        return (byte)outcome;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindOutcomes(int tree, byte* columns, byte* outcomes, int count)
    {
        var (nodes, nodeSides) = (_forest.Trees[tree], _sides[tree]);
        new Span<byte>(outcomes, Rows).Clear();
        for (var i = 0; i < nodes.Length; i++)
        {
            ref readonly var node = ref nodes[i];
            var column = columns + (node.Column * Rows);
            if (nodeSides[i] is { } side)
            {
                AddSides(side, column, outcomes, count);
            }
            else
            {
                AddComparison(node, (byte)(1 << i), column, outcomes, count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddComparison(in RankedNode node, byte bit, byte* column, byte* outcomes, int count)
    {
        var threshold = Vector256.Create((sbyte)(node.Threshold ^ Flip));
        var (shift, bits) = (Vector256.Create((sbyte)node.Shift), Vector256.Create(bit));
        for (nint row = 0; row < count; row += Vector256<byte>.Count)
        {
            var goesRight = Vector256.GreaterThan(Vector256.Load((sbyte*)column + row) - shift, threshold).AsByte();
            (Vector256.Load(outcomes + row) | (goesRight & bits)).Store(outcomes + row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddSides(byte[] side, byte* column, byte* outcomes, int count)
    {
        fixed (byte* first = side)
        {
            for (nint row = 0; row < count; row++)
            {
                outcomes[row] |= first[column[row]];
            }
        }
    }

    // Four trees at a time spare reading and writing the sums; each row still adds tree after tree.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(ReadOnlySpan<OutcomeSlot> slots, double* table, byte* outcomes, double* sums, int count)
    {
        for (; slots.Length >= 4; slots = slots[4..])
        {
            double* a = table + slots[0].Start, b = table + slots[1].Start, c = table + slots[2].Start, d = table + slots[3].Start;
            byte* ofA = outcomes + ((long)slots[0].Tree * Rows), ofB = outcomes + ((long)slots[1].Tree * Rows);
            byte* ofC = outcomes + ((long)slots[2].Tree * Rows), ofD = outcomes + ((long)slots[3].Tree * Rows);
            for (nint row = 0; row < count; row++)
            {
                sums[row] = sums[row] + a[ofA[row]] + b[ofB[row]] + c[ofC[row]] + d[ofD[row]];
            }
        }

        foreach (var slot in slots)
        {
            var (values, of) = ((nint)(table + slot.Start), (nint)(outcomes + ((long)slot.Tree * Rows)));
            for (nint row = 0; row < count; row++)
            {
                sums[row] += ((double*)values)[((byte*)of)[row]];
            }
        }
    }

    private void Write(ReadOnlySpan<double> sums, Span<double> outputs, int feature)
    {
        var width = (_forest.FeatureCount + 1) * _classes;
        var place = feature + (feature / _forest.FeatureCount);
        foreach (var sum in sums)
        {
            outputs[place] = sum;
            place += width;
        }
    }

    private void WriteBases(Span<double> outputs, int count, TreeRange range)
    {
        var width = _forest.FeatureCount + 1;
        for (var output = 0; output < _classes; output++)
        {
            var sum = 0.0;
            for (var tree = range.First + output; tree < range.End; tree += _classes)
            {
                sum += _tables.Bases[tree];
            }

            for (var row = 0; row < count; row++)
            {
                outputs[(((row * _classes) + output) * width) + width - 1] = sum;
            }
        }
    }
}
