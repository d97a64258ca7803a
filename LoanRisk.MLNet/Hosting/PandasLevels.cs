using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using LoanRisk.Trees;

namespace LoanRisk.MLNet.Hosting;

/// <summary>
/// The levels that LightGBM's Python package writes behind a model: of each column of pandas' type category, in the columns' order. Which
/// they are stands among the parameters.
/// </summary>
internal static partial class PandasLevels
{
    public static IReadOnlyDictionary<string, FeatureLevels> Of(TreeModel model)
    {
        if (string.IsNullOrWhiteSpace(model.PandasCategorical) || model.PandasCategorical.Trim() == "null")
        {
            return new Dictionary<string, FeatureLevels>();
        }

        var lists = Lists(model.PandasCategorical);
        int[] places = Columns().Match(model.Parameters ?? "") is { Success: true } found
            ? [.. found.Groups["columns"].Value.Split(',').Select(int.Parse)]
            : [];
        return places.Length == lists.Count && places.All(place => place < model.FeatureCount)
            ? places.Zip(lists).ToDictionary(
                pair => model.FeatureNames[pair.First], pair => new FeatureLevels(pair.Second, double.NaN), StringComparer.Ordinal)
            : throw new TreeModelException(
                $"The text has levels of {lists.Count} columns under pandas_categorical and names {places.Length} under "
                + "categorical_feature; they must be as many.");
    }

    private static List<ImmutableArray<string>> Lists(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return
            [
                .. document.RootElement.EnumerateArray().Select(list => list.EnumerateArray().Select(TextOf).ToImmutableArray()),
            ];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new TreeModelException($"What follows pandas_categorical is no list of lists in JSON: {e.Message}", e);
        }
    }

    private static string TextOf(JsonElement level) => level.ValueKind == JsonValueKind.String ? level.GetString()! : level.GetRawText();

    [GeneratedRegex(
        @"^\[categorical_feature: (?<columns>[0-9]{1,9}(,[0-9]{1,9})*)\]", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Columns();
}
