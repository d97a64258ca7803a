using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;
using LoanRisk.Trees;
using Microsoft.ML.Trainers.FastTree;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// Reads the trees of ML.NET over its feature vector as trees over the feature row: the same leaf, and so the same sum, for every row of
/// single-precision numbers. Source of the rules: Microsoft.ML.FastTree's InternalRegressionTree.GetLeaf, and LightGBM's
/// Tree.NumericalDecision.
/// </summary>
public sealed class EnsembleReader
{
    private readonly InputSchema _schema;
    private readonly ImmutableArray<Slot> _slots;
    private readonly MissingValues _missing;
    private int _otherNodes;

    private EnsembleReader(InputSchema schema, ImmutableArray<Slot> slots, MissingValues missing) =>
        (_schema, _slots, _missing) = (schema, slots, missing);

    /// <summary>Reads an ensemble.</summary>
    /// <param name="trees">ML.NET's trees.</param>
    /// <param name="schema">The columns of the feature row.</param>
    /// <param name="slots">What stands in ML.NET's feature vector, slot by slot.</param>
    /// <param name="missing">Where missing values go. Trees that ML.NET's own FastTree grew can only be read as it scores them.</param>
    /// <param name="sigmoid">Steepness that turns the raw score into a probability.</param>
    /// <exception cref="UntellableModelException">Something cannot be told exactly; the message says where.</exception>
    public static TreeReading Read(
        IReadOnlyList<RegressionTreeBase> trees, InputSchema schema, ImmutableArray<Slot> slots, MissingValues missing, double sigmoid)
    {
        var reader = new EnsembleReader(schema, slots, missing);
        var model = new TreeModel
        {
            Objective = FormattableString.Invariant($"binary sigmoid:{sigmoid:R}"),
            FeatureNames = [.. schema.Columns.Select(column => column.Name.Replace(' ', '_'))],
            FeatureInfos = [.. schema.Columns.Select(_ => "none")],
            Trees = [.. trees.Select(reader.Tree)],
        };
        return new TreeReading(Checked(model), model.Trees.Sum(tree => tree.NodeCount), reader._otherNodes);
    }

    // The text's reader finds what no tree can have: children in a circle, leaves that are no numbers.
    private static TreeModel Checked(TreeModel model)
    {
        try
        {
            return TreeModel.Parse(model.ToText());
        }
        catch (Exception e) when (e is Trees.Text.ModelFormatException or ArgumentException or InvalidOperationException)
        {
            throw new UntellableModelException($"The trees of the ML.NET model are broken: {e.Message}");
        }
    }

    private Tree Tree(RegressionTreeBase tree, int number)
    {
        if (IsConstant(tree))
        {
            return new Tree { LeafValue = [tree.LeafValues.Count > 0 ? tree.LeafValues[0] : 0] };
        }

        var nodes = new NodeArrays(tree);
        var defaults = MLNetInternals.DefaultValues(tree);
        if (defaults is not null && defaults.Length < tree.NumberOfNodes)
        {
            throw new UntellableModelException($"Tree {number} has {defaults.Length} values for missing and {tree.NumberOfNodes} nodes.");
        }

        for (var node = 0; node < tree.NumberOfNodes; node++)
        {
            var place = new NodePlace(number, node);
            if (tree.CategoricalSplitFlags[node])
            {
                ReadSet(nodes, place, tree.GetCategoricalSplitFeaturesAt(node));
            }
            else
            {
                ReadNumber(nodes, place, tree, defaults);
            }
        }

        return nodes.ToTree();
    }

    // ML.NET writes a tree of one leaf as two leaves of one value below a node without gain, so that it is not lost.
    private static bool IsConstant(RegressionTreeBase tree) => tree.NumberOfNodes == 0
        || (tree.NumberOfNodes == 1 && tree.LeafValues[0] == tree.LeafValues[1]
            && (tree.SplitGains.Count == 0 || tree.SplitGains[0] == 0));

    // A row with one of the slots set goes right in ML.NET, as it goes left in LightGBM.
    private void ReadSet(NodeArrays nodes, NodePlace place, IReadOnlyList<int> slots)
    {
        var held = slots.Select(slot => SlotAt(slot, place)).ToList();
        if (held.Count == 0 || held.Any(slot => slot.Category is null || slot.Column != held[0].Column))
        {
            throw place.Fault("splits on a set of slots that are not the categories of one column");
        }

        nodes.SplitByCategories(place.Node, held[0].Column, held.Select(slot => slot.Category!.Value));
    }

    private void ReadNumber(NodeArrays nodes, NodePlace place, RegressionTreeBase tree, float[]? defaults)
    {
        var threshold = tree.NumericalSplitThresholds[place.Node];
        var slot = SlotAt(tree.NumericalSplitFeatureIndexes[place.Node], place);
        if (float.IsNaN(threshold))
        {
            throw place.Fault("has a threshold that is no number");
        }

        if (slot.Category is { } category)
        {
            // 0 goes left and 1 right: the category goes where LightGBM's set goes.
            if (threshold is < 0 or >= 1)
            {
                throw place.Fault(
                    FormattableString.Invariant($"splits a one-hot slot at {threshold}; only from 0 to below 1 it parts 0 from 1"));
            }

            nodes.SplitByCategories(place.Node, slot.Column, [category]);
            return;
        }

        if (_schema.Columns[slot.Column].Kind == ColumnKind.Category)
        {
            throw place.Fault($"splits the codes of {_schema.Columns[slot.Column].Name} as numbers, and its categories have no order");
        }

        nodes.SplitByNumber(place.Node, slot.Column, slot.Threshold(threshold), MissingGoesLeft(place, threshold, defaults));
    }

    private bool MissingGoesLeft(NodePlace place, float threshold, float[]? defaults)
    {
        var scored = defaults is not null && defaults[place.Node] <= threshold;
        var grown = GrownLeft(place, threshold, defaults);
        _otherNodes += scored == grown ? 0 : 1;
        return _missing == MissingValues.Repaired ? grown : scored;
    }

    // LightGBM's side becomes a value to read NaN as: the threshold for left, one more for right, and 0 where nothing was missing, for it
    // then reads NaN as 0. A list of zeros alone is dropped by ML.NET, which so forgets that. An infinite threshold LightGBM only writes to
    // part missing (right) from the rest, and one more than infinite is no more.
    private bool GrownLeft(NodePlace place, float threshold, float[]? defaults)
    {
        if (defaults is null)
        {
            return 0 <= threshold;
        }

        if (float.IsPositiveInfinity(threshold))
        {
            return false;
        }

        if (_missing == MissingValues.Repaired && defaults[place.Node] == threshold && Math.Abs(threshold) >= MostExact)
        {
            throw place.Fault(FormattableString.Invariant(
                $"has the threshold {threshold}; from {MostExact} on ML.NET does not keep where missing values go"));
        }

        return defaults[place.Node] <= threshold;
    }

    // 2^24: from here on one more may be the same number in single precision.
    private const float MostExact = 16_777_216;

    private Slot SlotAt(int slot, NodePlace place) =>
        (uint)slot < (uint)_slots.Length
            ? _slots[slot].Column >= 0 ? _slots[slot]
                : throw place.Fault($"splits on slot {slot} of the feature vector, which no level or number of the product moves")
            : throw place.Fault($"splits on slot {slot}; the feature vector has the slots 0 to {_slots.Length - 1}");
}
