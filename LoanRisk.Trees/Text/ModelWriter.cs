using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LoanRisk.Trees.Text;

/// <summary>Writes a whole model text, line for line as LightGBM does.</summary>
internal static class ModelWriter
{
    public static string Write(TreeModel model)
    {
        CheckTrees(model);
        CheckLists(model);
        var names = WrittenNames(model.FeatureNames);
        var trees = model.Trees.Select(TreeWriter.Write).ToList();
        var text = new StringBuilder(trees.Sum(static tree => tree.Length) + 4096);
        AppendHeader(text, model, names);
        text.Append("tree_sizes=").AppendJoin(' ', trees.Select(Encoding.UTF8.GetByteCount)).Append("\n\n");
        trees.ForEach(tree => text.Append(tree));
        AppendTail(text, model, names);
        return text.ToString();
    }

    private static void CheckTrees(TreeModel model)
    {
        for (var i = 0; i < model.Trees.Length; i++)
        {
            var fault = TreeShape.FirstFault(model.Trees[i], model.FeatureCount);
            if (fault is not null)
            {
                throw new InvalidOperationException($"Tree {i} cannot be written: {fault.Key} {fault.Problem}");
            }
        }
    }

    private static void CheckLists(TreeModel model)
    {
        if (model.FeatureCount == 0 || model.FeatureInfos.Length != model.FeatureCount)
        {
            throw new InvalidOperationException(
                $"A model has at least one feature and an info for each: {model.FeatureCount} names, {model.FeatureInfos.Length} infos");
        }

        if (!model.MonotoneConstraints.IsEmpty && model.MonotoneConstraints.Length != model.FeatureCount)
        {
            throw new InvalidOperationException(
                $"{model.MonotoneConstraints.Length} monotone constraints for {model.FeatureCount} features");
        }
    }

    // Spaces separate names in the text, so LightGBM writes a space in a name as an underscore.
    private static ImmutableArray<string> WrittenNames(ImmutableArray<string> names)
    {
        var written = names.Select(static name => string.Concat(name.Select(static c => char.IsWhiteSpace(c) ? '_' : c)))
            .ToImmutableArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in written)
        {
            if (name.Length == 0 || name.Any(char.IsControl) || !seen.Add(name))
            {
                throw new InvalidOperationException(
                    $"The feature name \"{name}\" cannot be written: a name is not empty, has no control characters and stands once");
            }
        }

        return written;
    }

    private static void AppendHeader(StringBuilder text, TreeModel model, ImmutableArray<string> names)
    {
        text.Append("tree\nversion=v4\n");
        text.Append(CultureInfo.InvariantCulture, $"num_class={model.ClassCount}\nnum_tree_per_iteration={model.TreesPerIteration}\n");
        text.Append(CultureInfo.InvariantCulture, $"label_index={model.LabelIndex}\nmax_feature_idx={model.FeatureCount - 1}\n");
        text.Append(model.Objective.Length == 0 ? "" : $"objective={model.Objective}\n");
        text.Append(model.AverageOutput ? "average_output\n" : "");
        text.Append("feature_names=").AppendJoin(' ', names).Append('\n');
        if (!model.MonotoneConstraints.IsEmpty)
        {
            text.Append("monotone_constraints=").AppendJoin(' ', model.MonotoneConstraints).Append('\n');
        }

        text.Append("feature_infos=").AppendJoin(' ', model.FeatureInfos).Append('\n');
    }

    private static void AppendTail(StringBuilder text, TreeModel model, ImmutableArray<string> names)
    {
        var importances = model.FeatureImportances ?? SplitCounts(model, names);
        text.Append("end of trees\n\nfeature_importances:\n").Append(importances).Append(importances.Length == 0 ? "" : "\n");
        // LightGBM ends its parameters with an empty line.
        AppendBlock(text, "parameters", model.Parameters is null ? null : model.Parameters.TrimEnd('\n') + "\n");
        AppendBlock(text, "parser", model.ParserSettings);
        text.Append(model.PandasCategorical is null ? "" : $"\npandas_categorical:{model.PandasCategorical}\n");
    }

    private static void AppendBlock(StringBuilder text, string name, string? lines)
    {
        if (lines is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n{name}:\n{lines}\nend of {name}\n");
        }
    }

    // LightGBM's own importance: how often a feature splits with a gain, most often first.
    private static string SplitCounts(TreeModel model, ImmutableArray<string> names)
    {
        var counts = new long[names.Length];
        foreach (var tree in model.Trees)
        {
            for (var node = 0; node < tree.SplitGain.Length; node++)
            {
                counts[tree.SplitFeature[node]] += tree.SplitGain[node] > 0 ? 1 : 0;
            }
        }

        return string.Join('\n', Enumerable.Range(0, counts.Length).Where(i => counts[i] > 0)
            .OrderByDescending(i => counts[i]).Select(i => $"{names[i]}={counts[i]}"));
    }
}
