using System.Runtime.InteropServices;
using LoanRisk.Trees.Explaining.Plain;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Trees.Explaining.SmallTrees;

/// <summary>
/// What each tree contributes for every outcome of its nodes: bit i of an outcome is set when the row goes right at node i. Which
/// sides a row takes is all that a tree's SHAP values depend on, so of a tree of n nodes there are 2^n at most, and each is
/// computed once.
/// <code>
///  class and feature    its slots: one a tree of the class that the feature decides in, in file order
///  slot                 tree, start: 2^n values from start on, one an outcome of the tree
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
        var slots = Enumerable.Range(0, model.OutputCount * model.FeatureCount).Select(static _ => new List<OutcomeSlot>()).ToArray();
        var (values, contributions) = (new List<double>(), new double[model.FeatureCount + 1]);
        Bases = [.. Enumerable.Range(0, model.Trees.Length).Select(plain.BaseValue)];
        for (var tree = 0; tree < model.Trees.Length; tree++)
        {
            var features = model.Trees[tree].SplitFeature.Distinct().ToArray();
            var (start, outcomes) = (values.Count, 1 << model.Trees[tree].NodeCount);
            for (var i = 0; i < features.Length; i++)
            {
                slots[(tree % model.OutputCount * model.FeatureCount) + features[i]].Add(new OutcomeSlot(tree, start + (i * outcomes)));
            }

            CollectionsMarshal.SetCount(values, start + (features.Length * outcomes));
            Fill(plain, tree, features, CollectionsMarshal.AsSpan(values)[start..], contributions);
        }

        (Slots, Values) = (Array.ConvertAll(slots, static list => list.ToArray()), [.. values]);
    }

    /// <summary>The slots of each feature, class after class.</summary>
    public OutcomeSlot[][] Slots { get; }

    /// <summary>The slots' tables, one after another.</summary>
    public double[] Values { get; }

    /// <summary>Each tree's mean over the training rows.</summary>
    public double[] Bases { get; }

    /// <summary>The slots of a feature in a range of trees.</summary>
    public ReadOnlySpan<OutcomeSlot> SlotsIn(int feature, TreeRange range)
    {
        var slots = Slots[feature].AsSpan();
        return slots.IsEmpty || (slots[0].Tree >= range.First && slots[^1].Tree < range.End) ? slots : Within(slots, range);
    }

    /// <summary>Fills the tables of a sound model; null when a tree is too large, or all of them together are.</summary>
    /// <exception cref="InvalidOperationException">A tree with splits has no row counts.</exception>
    public static OutcomeTables? Of(TreeModel model, PlainForest forest) =>
        model.Trees.Any(static tree => tree.NodeCount > MostNodes)
            || model.Trees.Sum(static tree => (long)tree.NodeCount << tree.NodeCount) > MostValues
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

    private static ReadOnlySpan<OutcomeSlot> Within(ReadOnlySpan<OutcomeSlot> slots, TreeRange range)
    {
        var (first, end) = (0, slots.Length);
        while (first < end && slots[first].Tree < range.First)
        {
            first++;
        }

        while (end > first && slots[end - 1].Tree >= range.End)
        {
            end--;
        }

        return slots[first..end];
    }
}

/// <summary>A feature's contributions by one tree.</summary>
/// <param name="Tree">The tree.</param>
/// <param name="Start">Where its values start, one an outcome.</param>
internal readonly record struct OutcomeSlot(int Tree, int Start);
