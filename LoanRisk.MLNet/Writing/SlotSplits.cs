using LoanRisk.MLNet.Columns;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Writing;

/// <summary>Takes the engine's splits over the features into splits over ML.NET's feature vector.</summary>
internal sealed class SlotSplits(InputSchema schema, int treeIndex, Tree tree)
{
    /// <summary>The split of a node.</summary>
    /// <exception cref="NotExpressibleException">ML.NET has no split with the same sides.</exception>
    public SlotSplit Of(int node)
    {
        var place = tree.SplitFeature[node];
        var column = schema.Columns[place];
        return column.Kind switch
        {
            ColumnKind.Number => OfNumber(node, place, column),
            ColumnKind.Rank => Sides(node, column).OfRanks(schema.FirstSlot(place)) ?? throw Refused(
                node, column, "parts the levels by a set that is neither their first nor their last ones, and ML.NET compares ranks"),
            _ => Sides(node, column).OfCategories(schema.FirstSlot(place), column) ?? throw Refused(
                node, column, "sends unseen levels one way and missing values the other, and ML.NET cannot tell them apart"),
        };
    }

    /// <summary>What to throw for a node.</summary>
    public NotExpressibleException Refused(int node, InputColumn column, string why) =>
        new($"Feature {column.Name}: node {node} of tree {treeIndex} {why}.");

    private LevelSides Sides(int node, InputColumn column) => new(tree, node, column.Levels.Length);

    private SlotSplit OfNumber(int node, int place, InputColumn column)
    {
        if (tree.DecisionType[node].IsCategorical)
        {
            throw Refused(node, column, "looks a number up in a set of categories, and ML.NET compares numbers");
        }

        return new SlotSplit(schema.FirstSlot(place))
        {
            Threshold = FloatThreshold.Of(tree.Threshold[node]),
            Missing = MissingLeft(node, column) ? MissingSide.Left : MissingSide.Right,
        };
    }

    private bool MissingLeft(int node, InputColumn column)
    {
        var (decision, zeroLeft) = (tree.DecisionType[node], tree.Threshold[node] >= 0);
        return decision.Missing switch
        {
            MissingType.None => zeroLeft,
            MissingType.Zero when decision.DefaultLeft != zeroLeft => throw Refused(
                node, column, "takes zero as missing (zero_as_missing) and sends it away from its neighbours, which ML.NET cannot"),
            _ => decision.DefaultLeft,
        };
    }
}
