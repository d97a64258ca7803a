using System.Collections.Immutable;
using System.Globalization;

namespace LoanRisk.Trees.Text;

/// <summary>
/// Reads what follows the trees: importances, parameters, the parser's settings and pandas' categories, all as they stand.
/// </summary>
internal sealed class ModelTail
{
    private const string PandasKey = "pandas_categorical:";

    public string? FeatureImportances { get; private set; }

    public string? Parameters { get; private set; }

    public string? ParserSettings { get; private set; }

    public string? PandasCategorical { get; private set; }

    /// <summary>Reads from the line after <c>end of trees</c> to the end of the text.</summary>
    public static ModelTail Read(ModelLines lines, ImmutableArray<string> featureNames)
    {
        var tail = new ModelTail();
        for (lines.SkipEmpty(); !lines.AtEnd; lines.SkipEmpty())
        {
            tail.ReadBlock(lines, featureNames);
        }

        return tail;
    }

    private void ReadBlock(ModelLines lines, ImmutableArray<string> featureNames)
    {
        switch (lines.Current.Span)
        {
            case "feature_importances:":
                FeatureImportances = Once(lines, "feature_importances", FeatureImportances) ?? Importances(lines, featureNames);
                break;
            case "parameters:":
                Parameters = Once(lines, "parameters", Parameters) ?? Block(lines, "parameters").TrimEnd('\n');
                break;
            case "parser:":
                ParserSettings = Once(lines, "parser", ParserSettings) ?? Block(lines, "parser");
                break;
            case var line when line.StartsWith(PandasKey, StringComparison.Ordinal):
                PandasCategorical = Once(lines, "pandas_categorical", PandasCategorical) ?? Pandas(lines);
                break;
            default:
                throw new ModelFormatException(
                    lines.Number, "end of trees", $"\"{KeyedLine.Shown(lines.Current.Span)}\" does not belong after the trees");
        }
    }

    private static string? Once(ModelLines lines, string key, string? before) =>
        before is null ? null : throw new ModelFormatException(lines.Number, key, "stands twice");

    // They only inform: where a line is not of this model's features, as after a renaming, they are left aside and counted again
    // when the model is written.
    private static string? Importances(ModelLines lines, ImmutableArray<string> featureNames)
    {
        var known = featureNames.ToHashSet(StringComparer.Ordinal);
        var read = new List<string>();
        var areOwn = true;
        for (lines.Advance(); !lines.AtEnd && !lines.Current.IsEmpty; lines.Advance())
        {
            var line = lines.Current.ToString();
            var equals = line.LastIndexOf('=');
            areOwn &= equals >= 0 && known.Contains(line[..equals])
                && ulong.TryParse(line.AsSpan(equals + 1), NumberStyles.None, CultureInfo.InvariantCulture, out _);
            read.Add(line);
        }

        return areOwn ? string.Join('\n', read) : null;
    }

    private static string Block(ModelLines lines, string name)
    {
        var first = lines.Number;
        var read = new List<string>();
        for (lines.Advance(); lines.Current.Span is var line
            && !(line.StartsWith("end of ", StringComparison.Ordinal) && line[7..].SequenceEqual(name)); lines.Advance())
        {
            if (lines.AtEnd)
            {
                throw new ModelFormatException(first, name, $"the text ends without \"end of {name}\"");
            }

            read.Add(lines.Current.ToString());
        }

        lines.Advance();
        return string.Join('\n', read);
    }

    private static string Pandas(ModelLines lines)
    {
        var value = lines.Current[PandasKey.Length..].ToString();
        if (value != "null" && value is not ['[', .., ']'])
        {
            throw new ModelFormatException(lines.Number, "pandas_categorical", "must be null or a list in brackets");
        }

        lines.Advance();
        return value;
    }
}
