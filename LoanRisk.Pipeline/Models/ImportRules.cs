using System.Globalization;
using System.Text.Json;
using LoanRisk.Lending;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Models;

/// <summary>What a LightGBM model that was made elsewhere must be to serve a product.</summary>
internal static class ImportRules
{
    private const string Names = "feature_names=";

    /// <summary>
    /// The calibration that gives the probability LightGBM itself would: its sigmoid over the sum of the trees, or over their mean in a
    /// random forest.
    /// </summary>
    /// <exception cref="InvalidInputException">The model's objective gives no probability of one outcome.</exception>
    public static PlattCalibration OwnProbability(TreeModel model)
    {
        var words = model.Objective.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var factor = words switch
        {
            ["cross_entropy", ..] => 1.0,
            ["binary", ..] when Array.Find(words, word => word.StartsWith("sigmoid:", StringComparison.Ordinal)) is { } text
                && double.TryParse(text.AsSpan(8), NumberStyles.Float, CultureInfo.InvariantCulture, out var sigmoid) && sigmoid > 0 =>
                    sigmoid,
            _ => throw new InvalidInputException(
                $"The model's objective is \"{model.Objective}\"; only binary (with sigmoid) and cross_entropy give the probability of "
                + "one outcome. Train it with objective=binary."),
        };
        return new PlattCalibration(model.AverageOutput ? factor / model.IterationCount : factor, 0);
    }

    /// <summary>
    /// The text with the product's names where it has the columns of the product's data instead; LightGBM writes an underscore for a space.
    /// </summary>
    public static string WithOwnNames(string text, LoanProduct product)
    {
        var lines = text.Split('\n');
        var header = Array.FindIndex(lines, line => line.StartsWith(Names, StringComparison.Ordinal));
        var names = header < 0 ? [] : lines[header].TrimEnd('\r')[Names.Length..].Split(' ');
        if (names.Length != product.Features.Count
            || names.SequenceEqual(product.FeatureNames)
            || !names.Zip(product.Features).All(pair => IsColumn(pair.First, pair.Second)))
        {
            return text;
        }

        lines[header] = Names + string.Join(' ', product.FeatureNames);
        var own = names.Zip(product.FeatureNames).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        for (var i = Array.IndexOf(lines, "feature_importances:") + 1; i > 0
                && i < lines.Length
                && lines[i].LastIndexOf('=') is > 0 and var equals; i++)
        {
            lines[i] = own.GetValueOrDefault(lines[i][..equals], lines[i][..equals]) + lines[i][equals..];
        }

        return string.Join('\n', lines);
    }

    /// <summary>Checks outputs, features and categories against the product.</summary>
    /// <exception cref="InvalidInputException">Something does not fit; the message says what and what is wanted.</exception>
    public static void Check(TreeModel model, LoanProduct product)
    {
        OwnProbability(model);
        if (model.TreesPerIteration != 1)
        {
            throw new InvalidInputException($"The model has {model.TreesPerIteration} outputs; a risk model has one.");
        }

        CheckNames(model, product);
        for (var f = 0; f < product.Features.Count; f++)
        {
            CheckKind(model, product.Features[f], f);
        }

        CheckPandasLevels(model, product);
    }

    private static bool IsColumn(string name, Feature feature) => name == feature.Name || name == feature.Column.Replace(' ', '_');

    private static void CheckNames(TreeModel model, LoanProduct product)
    {
        if (model.FeatureNames.SequenceEqual(product.FeatureNames))
        {
            return;
        }

        var (missing, odd) = (
            product.FeatureNames.Except(model.FeatureNames).ToList(), model.FeatureNames.Except(product.FeatureNames).ToList());
        var difference = (missing.Count, odd.Count) switch
        {
            (0, 0) => "They are the same in another order, and a row's values are read by their place.",
            _ => string.Join(" ", new[] { Listed("The model lacks", missing), Listed("The product does not know", odd) }.OfType<string>()),
        };
        throw new InvalidInputException(
            $"The model's features must be the product's, in its order: {string.Join(", ", product.FeatureNames)}. "
            + $"{difference} Train it on these columns.");
    }

    private static string? Listed(string words, List<string> names) => names.Count == 0 ? null : $"{words} {string.Join(", ", names)}.";

    private static void CheckKind(TreeModel model, Feature feature, int place)
    {
        var info = model.FeatureInfos[place];
        var splits = model.Trees.SelectMany(tree => tree.SplitFeature.Zip(tree.DecisionType).Where(split => split.First == place))
            .Select(split => split.Second.IsCategorical)
            .Distinct()
            .ToList();
        var isNominal = feature.Kind == FeatureKind.Nominal;
        if (splits.Contains(!isNominal) || (info != "none" && isNominal == info.StartsWith('[')))
        {
            throw new InvalidInputException(isNominal
                ? $"{feature.Name} is nominal: its categories have no order, and the model treats their codes as a number. "
                  + $"Train it with {feature.Name} among categorical_feature."
                : $"{feature.Name} is {feature.Kind.ToString().ToLowerInvariant()}: its values have an order, "
                  + "and the model treats them as categories. Leave it out of categorical_feature.");
        }

        if (isNominal && info != "none")
        {
            CheckCodes(feature, info);
        }
    }

    private static void CheckCodes(Feature feature, string info)
    {
        var highest = info.Split(':').Max(
            code =>
                int.TryParse(code, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue);
        if (highest >= feature.Levels.Count)
        {
            throw new InvalidInputException(
                $"The model knows a category {highest} of {feature.Name}; the product has "
                + $"{CountedNoun.Of(feature.Levels.Count, "level")}, whose codes are 0 to {feature.Levels.Count - 1} in the product "
                + $"file's order: {Levels(feature)}.");
        }
    }

    // pandas numbers the levels itself; the lists stand in order of the categorical columns.
    private static void CheckPandasLevels(TreeModel model, LoanProduct product)
    {
        if (PandasLists(model) is not { } lists)
        {
            return;
        }

        var nominal = product.CategoricalFeatures;
        if (lists.Count != nominal.Count)
        {
            throw new InvalidInputException(
                $"The model was trained with {lists.Count} pandas category columns; the product has {nominal.Count} nominal features. "
                + "Make those and only those categories.");
        }

        foreach (var (list, place) in lists.Zip(nominal))
        {
            var feature = product.Features[place];
            var wrong = Enumerable.Range(0, list.Count).FirstOrDefault(
                code => code >= feature.Levels.Count || !feature.Levels[code].IsSpelled(list[code]), -1);
            if (wrong >= 0)
            {
                throw new InvalidInputException(
                    $"{feature.Name}: code {wrong} is \"{list[wrong]}\" in the model and "
                    + $"{(wrong < feature.Levels.Count ? $"\"{feature.Levels[wrong].Value}\"" : "no level")} in the product. "
                    + $"Give pandas the categories in the product file's order: {Levels(feature)}.");
            }
        }
    }

    private static List<List<string>>? PandasLists(TreeModel model)
    {
        if (model.PandasCategorical is not { } text || text.Trim() is "null" or "[]" or "")
        {
            return null;
        }

        try
        {
            using var json = JsonDocument.Parse(text);
            return [.. json.RootElement.EnumerateArray().Select(list => list.EnumerateArray().Select(level => level.ToString()).ToList())];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidInputException($"The line pandas_categorical of the model cannot be read: {e.Message}");
        }
    }

    private static string Levels(Feature feature) => string.Join(", ", feature.Levels.Select(level => level.Value));
}
