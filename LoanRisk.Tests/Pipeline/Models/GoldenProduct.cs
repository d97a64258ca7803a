using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Trees;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Pipeline.Models;

/// <summary>A product made for a model of LightGBM's: its features under its names, categories as nominal levels.</summary>
internal static class GoldenProduct
{
    public const string Id = "golden";

    /// <summary>Text of a <c>product.json</c> whose features are the model's.</summary>
    public static string Json(TreeModel model, Func<string, string>? column = null) => new JsonObject
    {
        ["id"] = Id, ["name"] = "Golden", ["description"] = "A product for tests.", ["schemaVersion"] = "1", ["currency"] = "EUR",
        ["target"] = new JsonObject
        {
            ["column"] = "bad",
            ["bad"] = "1",
            ["good"] = "0",
            ["meaning"] = "bad",
            ["noun"] = "bad",
            ["horizon"] = "at some time",
        },
        ["groups"] = new JsonArray(new JsonObject { ["id"] = "all", ["label"] = "All" }),
        ["features"] = new JsonArray([.. Enumerable.Range(0, model.FeatureCount).Select(f => Feature(model, f, column ?? (name => name)))]),
        ["fairnessAttributes"] = new JsonArray(),
        ["examples"] = new JsonArray(),
        ["policy"] = new JsonObject
        {
            ["version"] = "1", ["approveBelow"] = 0.2, ["declineFrom"] = 0.6, ["baseline"] = "the average", ["knockOuts"] = new JsonArray(),
            ["costs"] = new JsonObject { ["badApproved"] = 5, ["goodRefused"] = 1 },
        },
    }.ToJsonString();

    public static LoanProduct Of(TreeModel model) => ProductFile.Parse(Json(model), "golden/product.json");

    /// <summary>Writes the product into a folder of products, and its rows with outcomes drawn from LightGBM's own probabilities.</summary>
    public static void Write(TemporaryFolder folder, GoldenCase golden)
    {
        var model = golden.Load();
        Directory.CreateDirectory(folder["products", Id]);
        Directory.CreateDirectory(folder["data"]);
        File.WriteAllText(folder["products", Id, "product.json"], Json(model));
        File.WriteAllText(folder["model.txt"], golden.ModelText);
        var product = Of(model);
        var random = new Random(5);
        var rows = golden.Rows.Zip(golden.Table("expected_prob.csv")).Where(row => row.First.All(value => !double.IsInfinity(value)));
        var repeated = Enumerable.Repeat(rows, 4).SelectMany(all => all).Select(row =>
            string.Join(
                ',',
                row.First.Select((value, f) => Text(product.Features[f], value)).Append(random.NextDouble() < row.Second[0] ? "1" : "0")));
        File.WriteAllLines(folder["rows.csv"], repeated.Prepend(string.Join(',', product.FeatureNames.Append("bad"))));
    }

    private static JsonObject Feature(TreeModel model, int place, Func<string, string> column)
    {
        var (name, info) = (model.FeatureNames[place], model.FeatureInfos[place]);
        var feature = new JsonObject
        {
            ["name"] = name, ["column"] = column(name), ["label"] = name, ["help"] = "For tests.", ["group"] = "all",
            ["missing"] = "allowed",
            ["reason"] = "this raises the risk", ["inFavour"] = "this lowers the risk", ["changeable"] = false,
        };
        if (info == "none" || info.StartsWith('['))
        {
            feature["kind"] = "numeric";
            feature["allowed"] = new JsonObject { ["min"] = -1e12, ["max"] = 1e12 };
            feature["seen"] = new JsonObject { ["min"] = -1e12, ["max"] = 1e12 };
            feature["example"] = "1";
            return feature;
        }

        feature["kind"] = "nominal";
        feature["levels"] = new JsonArray(
            [.. Levels(model, place).Select(level => new JsonObject { ["value"] = level, ["label"] = level })]);
        return feature;
    }

    private static IEnumerable<string> Levels(TreeModel model, int place)
    {
        if (model.PandasCategorical is { } text && text.Trim() != "null")
        {
            var categorical = Enumerable.Range(0, place).Count(
                f => model.FeatureInfos[f] is var info && info != "none" && !info.StartsWith('['));
            return [.. JsonDocument.Parse(text).RootElement[categorical].EnumerateArray().Select(level => level.ToString())];
        }

        var highest = model.FeatureInfos[place].Split(':').Max(code => int.Parse(code, CultureInfo.InvariantCulture));
        return Enumerable.Range(0, highest + 1).Select(code => $"c{code}");
    }

    private static string Text(Feature feature, double value) => double.IsNaN(value) ? ""
        : !feature.HasLevels ? value.ToString("R", CultureInfo.InvariantCulture)
        : value > -1 && value < feature.Levels.Count ? feature.Levels[(int)value].Value : "never seen";
}
