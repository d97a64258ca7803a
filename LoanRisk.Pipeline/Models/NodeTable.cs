using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Models;

/// <summary>Every node and leaf of a model as lines of a CSV file; <see cref="ModelExport"/> writes beside it how they are read.</summary>
internal static class NodeTable
{
    /// <summary>The columns.</summary>
    public static readonly IReadOnlyList<string> Columns =
        [
            "tree", "node", "feature", "test", "threshold", "left_codes", "left_levels", "missing", "zero_is_missing", "left", "right",
            "value", "rows"
        ];

    public static string Of(LoanProduct product, TreeModel model, Cells cells)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        CsvText.WriteRow(text, Columns, ',', cells);
        for (var t = 0; t < model.Trees.Length; t++)
        {
            foreach (var line in Lines(product, model.Trees[t]))
            {
                CsvText.WriteRow(text, line.Prepend(Number(t)), ',', cells);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string[]> Lines(LoanProduct product, Tree tree) =>
        Enumerable.Range(0, tree.NodeCount)
            .Select(node => NodeLine(product, tree, node))
            .Concat(Enumerable.Range(0, tree.LeafCount).Select(leaf => LeafLine(tree, leaf)));

    private static string[] NodeLine(LoanProduct product, Tree tree, int node)
    {
        var (feature, decision) = (product.Features[tree.SplitFeature[node]], tree.DecisionType[node]);
        var codes = decision.IsCategorical ? Codes(tree, (int)tree.Threshold[node]) : null;
        var left = codes
            ?? [.. Enumerable.Range(0, feature.HasLevels ? feature.Levels.Count : 0).Where(rank => rank <= tree.Threshold[node])];
        return
        [
            Number(node),
            feature.Name,
            codes is null ? "<=" : "in",
            codes is null ? tree.Threshold[node].ToString("R", CultureInfo.InvariantCulture) : "",
            codes is null ? "" : string.Join('|', codes),
            string.Join('|', left.Where(code => code < feature.Levels.Count).Select(code => feature.Levels[code].Value)),
            MissingGoesLeft(decision, tree.Threshold[node]) ? "left" : "right",
            !decision.IsCategorical && decision.Missing == MissingType.Zero ? "yes" : "no",
            Child(tree.LeftChild[node]),
            Child(tree.RightChild[node]),
            "",
            Count(tree.InternalCount, node),
        ];
    }

    private static string[] LeafLine(Tree tree, int leaf) =>
        [
            Child(~leaf),
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            "",
            tree.LeafValue[leaf].ToString("R", CultureInfo.InvariantCulture),
            Count(tree.LeafCounts, leaf)
        ];

    // A categorical node sends what is missing right; a number that nothing was missing of in training is read as 0.
    private static bool MissingGoesLeft(DecisionType decision, double threshold) => decision switch
    {
        { IsCategorical: true } => false,
        { Missing: MissingType.None } => threshold >= 0,
        _ => decision.DefaultLeft,
    };

    private static int[] Codes(Tree tree, int split)
    {
        var words = tree.CategoryBits.AsSpan(tree.CategoryBoundaries[split]..tree.CategoryBoundaries[split + 1]).ToArray();
        return [.. Enumerable.Range(0, 32 * words.Length).Where(code => (words[code >> 5] >> (code & 31) & 1) != 0)];
    }

    private static string Child(int child) => child >= 0 ? Number(child) : $"leaf {Number(~child)}";

    private static string Count(System.Collections.Immutable.ImmutableArray<long> counts, int place) =>
        place < counts.Length ? counts[place].ToString(CultureInfo.InvariantCulture) : "";

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
