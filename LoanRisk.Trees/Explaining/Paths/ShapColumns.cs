using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Explaining.Paths;

/// <summary>Collects the columns that a model's nodes read.</summary>
internal sealed class ShapColumns
{
    private readonly Dictionary<ShapColumn, int> _places = [];
    private readonly RankedForest? _ranked;

    /// <summary>Takes the codes of categories from the byte form of the model, where it has one.</summary>
    public ShapColumns(TreeModel model)
    {
        if (model.Trees.Any(static tree => !tree.CategoryBits.IsEmpty))
        {
            _ranked = RankedForestBuilder.Build(model);
        }
    }

    /// <summary>Sets of codes that go left, <see cref="CodeSets.SmallBytes"/> bytes each.</summary>
    public byte[] Sets => _ranked?.Sets ?? [];

    /// <summary>The columns, by place.</summary>
    public ShapColumn[] All => [.. _places.OrderBy(static pair => pair.Value).Select(static pair => pair.Key)];

    /// <summary>
    /// The column that a node reads, and for a category where its set starts; -1 for both when its categories' codes do not fit a
    /// byte.
    /// </summary>
    public (int Column, int Set) Of(TreeModel model, int tree, int node)
    {
        var (feature, decision) = (model.Trees[tree].SplitFeature[node], model.Trees[tree].DecisionType[node]);
        if (!decision.IsCategorical)
        {
            return (Place(new(feature, decision.Missing)), -1);
        }

        if (_ranked is null)
        {
            return (-1, -1);
        }

        var place = _ranked.Trees[tree][node];
        var codes = _ranked.Categories[place.Column - _ranked.Numbers.Length];
        return codes.IsLarge ? (-1, -1) : (Place(new(feature, MissingType.None, codes)), place.Set);
    }

    private int Place(ShapColumn column)
    {
        if (!_places.TryGetValue(column, out var place))
        {
            _places.Add(column, place = _places.Count);
        }

        return place;
    }
}

/// <summary>
/// A feature as nodes read it. For numerical nodes of one missing type, what is missing there is NaN, and nothing else is. For
/// categorical nodes it is the category's code, as a whole number in both halves of the 64 bits.
/// </summary>
/// <param name="Feature">The place of the value in a row.</param>
/// <param name="Missing">The missing type of numerical nodes.</param>
/// <param name="Codes">The codes of categories; null for numerical nodes.</param>
internal readonly record struct ShapColumn(int Feature, MissingType Missing, CategoryColumn? Codes = null)
{
    /// <summary>A row's value in this column. NaN fails the comparison of the second and the third case too.</summary>
    public double Read(double value)
    {
        if (Codes is not null)
        {
            return BitConverter.Int64BitsToDouble(Codes.Code(value) * 0x1_0000_0001L);
        }

        return Missing switch
        {
            MissingType.NaN => Math.Abs(value) <= ZeroBand.Edge ? 0 : value,
            MissingType.Zero => Math.Abs(value) > ZeroBand.Edge ? value : double.NaN,
            _ => Math.Abs(value) > ZeroBand.Edge ? value : 0,
        };
    }
}
