using System.Collections.Immutable;

namespace LoanRisk.Trees.Text;

/// <summary>Reads the lines before the first tree.</summary>
internal sealed class ModelHeader
{
    private const string Section = "the header";

    private static readonly string[] Keys =
    [
        "version", "num_class", "num_tree_per_iteration", "label_index", "max_feature_idx", "objective", "average_output",
        "feature_names", "monotone_constraints", "feature_infos", "tree_sizes",
    ];

    private readonly KeyedLines _lines;

    private ModelHeader(KeyedLines lines) => _lines = lines;

    public int ClassCount { get; private init; }

    public int TreesPerIteration { get; private init; }

    public int LabelIndex { get; private init; }

    public string Objective => _lines.TryGet("objective", out var line) ? line.Text : "";

    public bool AverageOutput => _lines.Has("average_output");

    public ImmutableArray<string> FeatureNames { get; private init; }

    public ImmutableArray<string> FeatureInfos { get; private init; }

    public ImmutableArray<int> MonotoneConstraints { get; private init; }

    /// <summary>UTF-8 bytes of each tree; default when the text has none.</summary>
    public ImmutableArray<long> TreeSizes { get; private init; }

    /// <summary>Reads up to the first tree or the end of trees, where <paramref name="text"/> then stands.</summary>
    public static ModelHeader Read(ModelLines text)
    {
        text.Advance();
        if (text.Current.Span.TrimStart('\uFEFF') is not "tree")
        {
            throw new ModelFormatException(1, "tree", "a LightGBM model text starts with the line \"tree\"");
        }

        text.Advance();
        var read = new KeyedLines(1, Section, Keys);
        for (text.SkipEmpty(); !AtTrees(text); text.SkipEmpty())
        {
            if (text.AtEnd)
            {
                throw new ModelFormatException(text.Number, "end of trees", "the text ends inside the header");
            }

            read.Add(Checked(text));
            text.Advance();
        }

        return Build(read);
    }

    public ModelFormatException Fault(string key, string problem) => _lines.Fault(key, problem);

    private static bool AtTrees(ModelLines text) =>
        text.Current.Span.StartsWith("Tree=", StringComparison.Ordinal) || text.Current.Span is "end of trees";

    private static KeyedLine Checked(ModelLines text)
    {
        var line = text.Keyed();
        if (line.Key != "average_output" && !text.Current.Span.Contains('='))
        {
            throw line.Fault($"is not a line of {Section}; key=value is");
        }

        foreach (var character in line.Value.Span)
        {
            if (char.IsControl(character))
            {
                throw line.Fault("holds a control character");
            }
        }

        return line;
    }

    private static ModelHeader Build(KeyedLines read)
    {
        var version = read.Require("version");
        if (version.Value.Span is not ("v4" or "v3" or "v2"))
        {
            throw version.Fault($"\"{KeyedLine.Shown(version.Value.Span)}\" is not read; v2, v3 and v4 are");
        }

        var classes = read.Require("num_class").Integer(1, int.MaxValue);
        var features = read.Require("max_feature_idx").Integer(0, int.MaxValue - 1) + 1;
        return new ModelHeader(read)
        {
            ClassCount = classes,
            TreesPerIteration =
                read.TryGet("num_tree_per_iteration", out var perIteration) ? perIteration.Integer(1, int.MaxValue) : classes,
            LabelIndex = read.Require("label_index").Integer(int.MinValue, int.MaxValue),
            FeatureNames = HeaderLists.Names(read.Require("feature_names"), features),
            FeatureInfos = HeaderLists.Infos(read.Require("feature_infos"), features),
            MonotoneConstraints =
                read.TryGet("monotone_constraints", out var directions) ? HeaderLists.Directions(directions, features) : [],
            TreeSizes = read.TryGet("tree_sizes", out var sizes) ? sizes.Counts() : default,
        };
    }
}
