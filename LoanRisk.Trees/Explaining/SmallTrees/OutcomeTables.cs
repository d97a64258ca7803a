using System.Runtime.InteropServices;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Explaining.SmallTrees;

/// <summary>
/// What each tree contributes for every outcome of its nodes: bit i of an outcome is set when the row goes right at node i. Which sides a row
/// takes is all that a tree's SHAP values depend on, so of a tree of n nodes there are 2^n at most, and each is computed once.
/// <code>
///  tree    first slot .. next tree's first slot     one slot a feature that decides in the tree
///  slot    feature, start                           2^n values from start on, one an outcome
/// </code>
/// </summary>
internal sealed class OutcomeTables
{
    /// <summary>A tree of more nodes would have a longer table than its rows have outcomes.</summary>
    public const int MostNodes = 7;

    /// <summary>Values of all tables: what a core's second cache holds, and a tenth of a second to fill.</summary>
    private const int MostValues = 1 << 17;

    private OutcomeTables(TreeModel model, PlainTreeShap plain)
    {
        var (slots, values) = (new List<OutcomeSlot>(), new List<double>());
        FirstSlots = new int[model.Trees.Length + 1];
        Bases = [.. Enumerable.Range(0, model.Trees.Length).Select(plain.BaseValue)];
        var contributions = new double[model.FeatureCount + 1];
        for (var tree = 0; tree < model.Trees.Length; tree++)
        {
            var features = model.Trees[tree].SplitFeature.Distinct().ToArray();
            var (start, outcomes) = (values.Count, 1 << model.Trees[tree].NodeCount);
            slots.AddRange(features.Select((feature, slot) => new OutcomeSlot(feature, start + (slot * outcomes))));
            CollectionsMarshal.SetCount(values, start + (features.Length * outcomes));
            Fill(plain, tree, features, CollectionsMarshal.AsSpan(values)[start..], contributions);
            FirstSlots[tree + 1] = slots.Count;
        }

        (Slots, Values) = ([.. slots], [.. values]);
    }

    /// <summary>The first slot of each tree, and after the last tree the count of slots.</summary>
    public int[] FirstSlots { get; }

    /// <summary>All slots, tree after tree.</summary>
    public OutcomeSlot[] Slots { get; }

    /// <summary>The slots' tables, one after another.</summary>
    public double[] Values { get; }

    /// <summary>Each tree's mean over the training rows.</summary>
    public double[] Bases { get; }

    /// <summary>Fills the tables of a sound model; null when a tree is too large, or all of them together are.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public static OutcomeTables? Of(TreeModel model, PlainForest forest) =>
        model.Trees.Any(static tree => tree.NodeCount > MostNodes) || model.Trees.Sum(static tree => (long)tree.NodeCount << tree.NodeCount) > MostValues
            ? null
            : new(model, new PlainTreeShap(model, forest));

    private static void Fill(PlainTreeShap plain, int tree, int[] features, Span<double> table, double[] contributions)
    {
        var outcomes = features.Length == 0 ? 0 : table.Length / features.Length;
        for (var outcome = 0; outcome < outcomes; outcome++)
        {
            contributions.AsSpan().Clear();
            plain.AddSplitsTo(contributions, tree, (uint)outcome);
            for (var slot = 0; slot < features.Length; slot++)
            {
                table[(slot * outcomes) + outcome] = contributions[features[slot]];
            }
        }
    }
}

/// <summary>A feature's contributions by one tree.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Start">Where its values start, one an outcome.</param>
internal readonly record struct OutcomeSlot(int Feature, int Start);
