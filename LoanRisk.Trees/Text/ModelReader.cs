using System.Collections.Immutable;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Trees.Text;

/// <summary>Reads a whole model text: header, trees, tail.</summary>
internal static class ModelReader
{
    public static TreeModel Read(string text)
    {
        var lines = new ModelLines(text);
        var header = ModelHeader.Read(lines);
        var trees = ReadTrees(lines, header);
        CheckOutputs(header, trees.Length);
        lines.Advance();
        var tail = ModelTail.Read(lines, header.FeatureNames);
        return new TreeModel
        {
            Objective = header.Objective,
            FeatureNames = header.FeatureNames,
            FeatureInfos = header.FeatureInfos,
            Trees = trees,
            ClassCount = header.ClassCount,
            TreesPerIteration = header.TreesPerIteration,
            LabelIndex = header.LabelIndex,
            AverageOutput = header.AverageOutput,
            MonotoneConstraints = header.MonotoneConstraints,
            FeatureImportances = tail.FeatureImportances,
            Parameters = tail.Parameters,
            ParserSettings = tail.ParserSettings,
            PandasCategorical = tail.PandasCategorical,
        };
    }

    private static ImmutableArray<Tree> ReadTrees(ModelLines lines, ModelHeader header)
    {
        var trees = ImmutableArray.CreateBuilder<Tree>();
        while (lines.Current.Span is not "end of trees")
        {
            if (!lines.Current.Span.StartsWith("Tree=", StringComparison.Ordinal))
            {
                var problem = lines.AtEnd
                    ? "the text ends without this line"
                    : $"\"{KeyedLine.Shown(lines.Current.Span)}\" is neither a tree nor the end of trees";
                throw new ModelFormatException(lines.Number, "end of trees", problem);
            }

            var start = lines.BytesBefore;
            trees.Add(TreeReader.Read(lines, trees.Count, header.FeatureNames.Length));
            lines.SkipEmpty();
            CheckSize(header, trees.Count - 1, lines.BytesBefore - start);
        }

        if (!header.TreeSizes.IsDefault && header.TreeSizes.Length != trees.Count)
        {
            throw header.Fault("tree_sizes", $"has {header.TreeSizes.Length} entries, the text has {trees.Count} trees");
        }

        return trees.DrainToImmutable();
    }

    // LightGBM finds its trees by these sizes; where they are wrong the text was changed after it was written.
    private static void CheckSize(ModelHeader header, int tree, long bytes)
    {
        if (!header.TreeSizes.IsDefault && tree < header.TreeSizes.Length && header.TreeSizes[tree] != bytes)
        {
            throw header.Fault("tree_sizes", $"gives tree {tree} {header.TreeSizes[tree]} bytes, it has {bytes}");
        }
    }

    private static void CheckOutputs(ModelHeader header, int trees)
    {
        var outputs = header.TreesPerIteration;
        if (outputs > Math.Max(1, trees) || trees % outputs != 0)
        {
            throw header.Fault("num_tree_per_iteration", $"{trees} trees do not make whole iterations of {outputs}");
        }

        if (header.ClassCount != outputs)
        {
            throw header.Fault(
                "num_class", $"{header.ClassCount} classes need as many trees an iteration, num_tree_per_iteration is {outputs}");
        }

        var problem = OutputConversion.Of(header.Objective, outputs).Problem;
        if (problem is not null)
        {
            throw header.Fault("objective", problem);
        }
    }
}
