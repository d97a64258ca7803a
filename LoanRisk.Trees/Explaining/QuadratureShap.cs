using System.Buffers;
using LoanRisk.Trees.Explaining.Batch;
using LoanRisk.Trees.Explaining.Paths;
using LoanRisk.Trees.Explaining.Plain;
using LoanRisk.Trees.Explaining.SingleRow;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining;

/// <summary>
/// SHAP values by quadrature, with vectors: a batch has rows in its lanes, trees outermost over a block of rows; a single
/// row has quadrature points in them. The scratch memory of a block:
/// <code>
///  contributions   groups x classes x features x rows of a group
///  columns         groups x columns x rows of a group
///  walk            one tree's masks and slots
/// </code>
/// Same bits for batches and single rows, and on every machine: each number of a row comes from the same additions and
/// multiplications in the same order, none of them fused, however many lanes lie beside it. The plain form, which divides
/// where this multiplies by a ratio, agrees to rounding.
/// </summary>
internal sealed unsafe class QuadratureShap<TVector, TLanes> : ITreeShap
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
{
    private const int MostRows = 32;
    private const int MostContributions = 1 << 16;
    private const int Alignment = 8;

    // Fewer rows than this are quicker one by one.
    private const int LeastRows = 3;
    private readonly PlainForest _plainForest;
    private readonly ShapForest _forest;
    private readonly PlainTreeShap? _others;
    private readonly int _features;
    private readonly int _classes;

    /// <summary>Lays a sound model out.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public QuadratureShap(TreeModel model, PlainForest plainForest)
    {
        _plainForest = plainForest;
        _forest = new(model, plainForest);
        _others = _forest.HasOthers ? new(model, plainForest) : null;
        (_features, _classes) = (model.FeatureCount, model.OutputCount);
    }

    public int BlockRows => MostRows;

    private static int GroupRows => 2 * TLanes.Count;

    // Doubles a row has in the output.
    private int RowWidth => (_features + 1) * _classes;

    public void ExplainRow(ReadOnlySpan<double> row, Span<double> output, TreeRange range)
    {
        output.Clear();
        var walkSize = ShapPointsWalk<TVector, TLanes>.Size(_forest);
        var rented = ArrayPool<double>.Shared.Rent(Alignment + walkSize + _forest.Columns.Length);
        fixed (double* memory = rented, values = row, contributions = output)
        {
            var scratch = Aligned(memory);
            var columns = scratch + walkSize;
            var walk = new ShapPointsWalk<TVector, TLanes>(_forest, _plainForest, scratch);
            ReadColumns(values, columns, 1, 1);
            for (var tree = range.First; tree < range.End; tree++)
            {
                var place = tree % _classes * (_features + 1);
                if (_forest.Trees[tree] is { } shape)
                {
                    walk.Add(shape, row, columns, contributions + place);
                }
                else
                {
                    _others?.AddSplitsTo(output.Slice(place, _features + 1), tree, row);
                }

                contributions[place + _features] += _forest.Bases[tree];
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    public void ExplainBlock(ReadOnlySpan<double> rows, Span<double> outputs, TreeRange range)
    {
        var count = rows.Length / _features;
        var rest = count % GroupRows;
        var together = (long)_features * _classes > MostContributions ? 0 : rest < LeastRows ? count - rest : count;
        if (together > 0)
        {
            ExplainGroups(rows[..(together * _features)], outputs[..(together * RowWidth)], range);
        }

        for (var row = together; row < count; row++)
        {
            ExplainRow(rows.Slice(row * _features, _features), outputs.Slice(row * RowWidth, RowWidth), range);
        }
    }

    private static double* Aligned(double* memory) =>
        (double*)(((nuint)memory + (Alignment * sizeof(double)) - 1) & ~(nuint)((Alignment * sizeof(double)) - 1));

    private void ExplainGroups(ReadOnlySpan<double> rows, Span<double> outputs, TreeRange range)
    {
        var count = rows.Length / _features;
        var groupCount = (count + GroupRows - 1) / GroupRows;
        var columnWidth = _forest.Columns.Length * GroupRows;
        var contributionWidth = _features * _classes * GroupRows;
        var walkSize = ShapRowsWalk<TVector, TLanes>.Size(_forest, groupCount);
        var rented = ArrayPool<double>.Shared.Rent(Alignment + (groupCount * (columnWidth + contributionWidth)) + walkSize);
        fixed (double* memory = rented, values = rows)
        {
            var contributions = Aligned(memory);
            var columns = contributions + (groupCount * contributionWidth);
            var groups = new ShapGroups(values, columns)
            {
                RowCount = count,
                Count = groupCount,
                ColumnWidth = columnWidth,
                ContributionWidth = contributionWidth,
            };
            new Span<double>(contributions, groupCount * contributionWidth).Clear();
            for (var group = 0; group < groupCount; group++)
            {
                var first = group * GroupRows;
                ReadColumns(values + (first * _features), columns + (group * columnWidth), GroupRows, Math.Min(GroupRows, count - first));
            }

            var walk = new ShapRowsWalk<TVector, TLanes>(_forest, _plainForest, _features, columns + (groupCount * columnWidth));
            for (var tree = range.First; tree < range.End; tree++)
            {
                var place = contributions + (tree % _classes * _features * GroupRows);
                if (_forest.Trees[tree] is { } shape)
                {
                    walk.Add(shape, in groups, place);
                }
                else if (_others is not null)
                {
                    AddOther(tree, rows, in groups, place, outputs[..(_features + 1)]);
                }
            }

            Write(contributions, outputs, count, range);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    // A value a row, column after column; lanes without a row repeat the last one.
    private void ReadColumns(double* rows, double* columns, int lanes, int count)
    {
        foreach (var column in _forest.Columns)
        {
            for (var lane = 0; lane < lanes; lane++)
            {
                *columns++ = column.Read(rows[(Math.Min(lane, count - 1) * _features) + column.Feature]);
            }
        }
    }

    // Continues the rows' own sums, so that their bits are those they have alone.
    private void AddOther(int tree, ReadOnlySpan<double> rows, in ShapGroups groups, double* contributions, Span<double> sums)
    {
        for (var row = 0; row < groups.RowCount; row++)
        {
            var (group, lane) = Math.DivRem(row, GroupRows);
            var own = contributions + ((nint)group * groups.ContributionWidth) + lane;
            for (var feature = 0; feature < _features; feature++)
            {
                sums[feature] = own[feature * GroupRows];
            }

            _others!.AddSplitsTo(sums, tree, rows.Slice(row * _features, _features));
            for (var feature = 0; feature < _features; feature++)
            {
                own[feature * GroupRows] = sums[feature];
            }
        }
    }

    private void Write(double* contributions, Span<double> outputs, int count, TreeRange range)
    {
        for (var output = 0; output < _classes; output++)
        {
            var baseValue = 0.0;
            for (var tree = range.First + output; tree < range.End; tree += _classes)
            {
                baseValue += _forest.Bases[tree];
            }

            for (var row = 0; row < count; row++)
            {
                var (group, lane) = Math.DivRem(row, GroupRows);
                var from = contributions + (((group * _classes) + output) * _features * GroupRows) + lane;
                var to = outputs.Slice((row * RowWidth) + (output * (_features + 1)), _features + 1);
                for (var feature = 0; feature < _features; feature++, from += GroupRows)
                {
                    to[feature] = *from;
                }

                to[_features] = baseValue;
            }
        }
    }
}
