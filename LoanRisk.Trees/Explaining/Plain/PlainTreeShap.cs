using System.Buffers;
using LoanRisk.Trees.Explaining.Paths;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.Plain;

/// <summary>
/// Exact path-dependent SHAP values (S. Lundberg et al., "From local explanations to global understanding with
/// explainable AI for trees", 2020), in the plain form that every faster one must agree with.
/// <para>
/// For a leaf of value v, let z_f be the share of training rows that follow feature f's decisions on the leaf's path and
/// o_f be 1 when the row follows them all, else 0. The Shapley weight of s features present among d - 1 others is
/// the integral of t^s (1-t)^(d-1-s) over [0, 1], so feature i gets v (o_i - z_i) times the integral of the product over
/// the other features of z_f (1-t) + o_f t: a polynomial that Gauss-Legendre quadrature integrates exactly. All
/// terms of the product are positive, so nothing cancels, however long the path.
/// </para>
/// <para>
/// Products run down the edges, sums of leaves run back up: the time is edges times points, without recursion.
/// </para>
/// </summary>
internal sealed class PlainTreeShap : ITreeShap
{
    // Points handled in one pass. It bounds the scratch memory, whatever the length of a path.
    private const int PassWidth = 8;

    private readonly PlainForest _forest;
    private readonly PathTree[] _trees;
    private readonly GaussLegendre[] _quadratures;
    private readonly int _features;
    private readonly int _classes;

    /// <summary>Lays the trees of a sound model out.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public PlainTreeShap(TreeModel model, PlainForest forest)
    {
        _forest = forest;
        (_features, _classes) = (model.FeatureCount, model.OutputCount);
        _trees = [.. model.Trees.Select((tree, i) => new PathTree(tree, Math.Max(0, forest.FirstNode(i))))];
        var byCount = new Dictionary<int, GaussLegendre>();
        _quadratures = new GaussLegendre[_trees.Length];
        for (var i = 0; i < _trees.Length; i++)
        {
            // n points are exact up to degree 2n - 1; the product over the other features has one factor fewer than the path.
            var count = (_trees[i].MostFeaturesOnAPath + 1) / 2;
            _quadratures[i] = byCount.TryGetValue(count, out var known) ? known : byCount[count] = new GaussLegendre(count);
        }
    }

    /// <summary>Few enough rows to stay in cache while every tree passes over them.</summary>
    public int BlockRows => 16;

    public void ExplainRow(ReadOnlySpan<double> row, Span<double> output, TreeRange range)
    {
        output.Clear();
        for (var tree = range.First; tree < range.End; tree++)
        {
            AddTo(output, tree, row);
        }
    }

    public void ExplainBlock(ReadOnlySpan<double> rows, Span<double> outputs, TreeRange range)
    {
        outputs.Clear();
        var width = (_features + 1) * _classes;
        for (var tree = range.First; tree < range.End; tree++)
        {
            for (int row = 0, place = 0; row < rows.Length; row += _features, place += width)
            {
                AddTo(outputs.Slice(place, width), tree, rows.Slice(row, _features));
            }
        }
    }

    private void AddTo(Span<double> output, int tree, ReadOnlySpan<double> row)
    {
        var contributions = output.Slice(tree % _classes * (_features + 1), _features + 1);
        AddSplitsTo(contributions, tree, row);
        contributions[^1] += _trees[tree].BaseValue;
    }

    /// <summary>The mean of a tree's leaf values over its training rows.</summary>
    public double BaseValue(int tree) => _trees[tree].BaseValue;

    /// <summary>Adds one tree's contributions for a row, without its base value.</summary>
    public void AddSplitsTo(Span<double> contributions, int tree, ReadOnlySpan<double> row)
    {
        var edges = _trees[tree].Edges;
        var follows = ArrayPool<bool>.Shared.Rent(edges.Length);
        for (var i = 0; i < edges.Length; i++)
        {
            follows[i] = Follows(edges[i], _forest.GoesLeft(edges[i].Node, row), follows);
        }

        AddFollowed(contributions, tree, edges, follows);
        ArrayPool<bool>.Shared.Return(follows);
    }

    /// <summary>
    /// The same for rows that take the right side at those nodes of the tree whose bits are set; a tree of at most 32 nodes.
    /// </summary>
    public void AddSplitsTo(Span<double> contributions, int tree, uint goesRight)
    {
        var edges = _trees[tree].Edges;
        var follows = ArrayPool<bool>.Shared.Rent(edges.Length);
        for (var i = 0; i < edges.Length; i++)
        {
            follows[i] = Follows(edges[i], (goesRight >> (edges[i].Node - _forest.FirstNode(tree)) & 1) == 0, follows);
        }

        AddFollowed(contributions, tree, edges, follows);
        ArrayPool<bool>.Shared.Return(follows);
    }

    // Whether the row follows an edge, together with all edges above on the same feature.
    private static bool Follows(in PathEdge edge, bool goesLeft, ReadOnlySpan<bool> follows) =>
        goesLeft == edge.IsLeft && (edge.SameFeature < 0 || follows[edge.SameFeature]);

    private void AddFollowed(Span<double> contributions, int tree, ReadOnlySpan<PathEdge> edges, ReadOnlySpan<bool> follows)
    {
        if (edges.IsEmpty)
        {
            return;
        }

        var scratch = ArrayPool<double>.Shared.Rent(edges.Length * PassWidth);
        var quadrature = _quadratures[tree];
        for (var first = 0; first < quadrature.Points.Length; first += PassWidth)
        {
            var width = Math.Min(PassWidth, quadrature.Points.Length - first);
            var pass = new Pass(edges, follows, quadrature.Points.AsSpan(first, width), quadrature.Weights.AsSpan(first, width), scratch);
            pass.Down();
            pass.Up(contributions);
        }

        ArrayPool<double>.Shared.Return(scratch);
    }

    /// <summary>One pass over a tree's edges for a few of the quadrature's points.</summary>
    /// <param name="edges">The tree.</param>
    /// <param name="follows">Which edges the row follows.</param>
    /// <param name="points">The points.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="values">A value an edge and point: the product on the way down, the sum over the leaves below on the way up.</param>
    private readonly ref struct Pass(
        ReadOnlySpan<PathEdge> edges, ReadOnlySpan<bool> follows,
        ReadOnlySpan<double> points, ReadOnlySpan<double> weights, Span<double> values)
    {
        private readonly ReadOnlySpan<PathEdge> _edges = edges;
        private readonly ReadOnlySpan<bool> _follows = follows;
        private readonly ReadOnlySpan<double> _points = points;
        private readonly ReadOnlySpan<double> _weights = weights;
        private readonly Span<double> _values = values;

        public void Down()
        {
            for (var i = 0; i < _edges.Length; i++)
            {
                ref readonly var edge = ref _edges[i];
                var product = At(i);
                for (var p = 0; p < _points.Length; p++)
                {
                    // An edge replaces the factor of the edges above on its feature.
                    var above = edge.Parent < 0 ? 1 : At(edge.Parent)[p];
                    var replaced = edge.SameFeature < 0 ? 1 : Factor(edge.SameFeature, _points[p]);
                    product[p] = above == 0 ? 0 : above / replaced * Factor(i, _points[p]);
                }
            }
        }

        public void Up(Span<double> contributions)
        {
            // Products of inner edges have been used; from here on their places sum the leaves below.
            for (var i = 0; i < _edges.Length; i++)
            {
                Scale(At(i), _edges[i].LeafValue);
            }

            for (var i = _edges.Length - 1; i >= 0; i--)
            {
                ref readonly var edge = ref _edges[i];
                contributions[edge.Feature] += Gain(i, i) - (edge.SameFeature < 0 ? 0 : Gain(edge.SameFeature, i));
                if (edge.Parent >= 0)
                {
                    Add(At(edge.Parent), At(i));
                }
            }
        }

        // The part of the contribution that the leaves below one edge make with the factor of another: (o - z) times the
        // integral of the product without that factor.
        private double Gain(int factorEdge, int sumEdge)
        {
            var sums = At(sumEdge);
            var integral = 0.0;
            for (var p = 0; p < _points.Length; p++)
            {
                // Where no training row went and this row does not go either the factor is zero, and so is all below.
                var factor = Factor(factorEdge, _points[p]);
                integral += factor == 0 ? 0 : _weights[p] * sums[p] / factor;
            }

            return ((_follows[factorEdge] ? 1 : 0) - _edges[factorEdge].Share) * integral;
        }

        private double Factor(int edge, double t) => (_edges[edge].Share * (1 - t)) + (_follows[edge] ? t : 0);

        private Span<double> At(int edge) => _values.Slice(edge * PassWidth, _points.Length);

        private static void Scale(Span<double> values, double factor)
        {
            foreach (ref var value in values)
            {
                value *= factor;
            }
        }

        private static void Add(Span<double> sums, ReadOnlySpan<double> values)
        {
            for (var p = 0; p < sums.Length; p++)
            {
                sums[p] += values[p];
            }
        }
    }
}
