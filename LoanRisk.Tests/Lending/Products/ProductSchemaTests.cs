using System.Text.Json.Nodes;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Products;

/// <summary>The schema file tells editors what the parser accepts; these tests hold the two together.</summary>
[Slow]
public sealed class ProductSchemaTests
{
    private static readonly JsonObject Root = JsonNode.Parse(
        File.ReadAllText(Path.Combine(SharedFolder.Checkout, "products", "product.schema.json")))!.AsObject();

    private static readonly JsonSchema Schema = new(Root);

    public static IEnumerable<TheoryDataRow<string>> Products =>
        Directory.GetFiles(Path.Combine(SharedFolder.Checkout, "products"), "product.json", SearchOption.AllDirectories)
            .Select(f => new TheoryDataRow<string>(Path.GetRelativePath(SharedFolder.Checkout, f)));

    [Theory]
    [MemberData(nameof(Products))]
    public void Every_product_passes_schema_and_parser(string file)
    {
        var json = File.ReadAllText(Path.Combine(SharedFolder.Checkout, file));

        Assert.True(Schema.Accepts(JsonNode.Parse(json)));
        Assert.Equal(Path.GetFileName(Path.GetDirectoryName(file)), ProductFile.Parse(json, file).Id);
    }

    [Fact]
    public void The_sample_of_these_tests_uses_every_property_of_the_schema()
    {
        var used = Objects(Sample()).SelectMany(o => o.Object.Select(p => p.Key)).ToHashSet(StringComparer.Ordinal);
        var described = Descendants(Root)
            .Where(n => n.Key == "properties" && n.Value is JsonObject)
            .SelectMany(n => n.Value!.AsObject().Select(p => p.Key));

        Assert.Empty(described.Except(used));
    }

    [Fact]
    public void Schema_and_parser_agree_on_which_properties_may_be_left_out()
    {
        AssertAgreement(from o in Objects(Sample())
                        from name in o.Object.Select(p => p.Key)
                        where !HasFreeNames(o.Path)
                        select ($"{o.Path} without {name}", Changed(o.Path, x => x.AsObject().Remove(name))));
    }

    [Fact]
    public void Schema_and_parser_agree_on_which_properties_are_unknown()
    {
        var names = Objects(Sample())
            .SelectMany(o => o.Object.Select(p => p.Key))
            .Append("somethingElse")
            .Distinct(StringComparer.Ordinal)
            .ToList();
        AssertAgreement(from o in Objects(Sample())
                        from name in names
                        where !o.Object.ContainsKey(name) && !HasFreeNames(o.Path)
                        select ($"{o.Path} with {name}", Changed(o.Path, x => x[name] = SampleOf(name))));
    }

    [Fact]
    public void Schema_and_parser_agree_on_types()
    {
        JsonNode?[] others =
        [
            null, "", " x", 5, true, new JsonArray(), new JsonArray(1), new JsonObject(), new JsonArray(new JsonObject()),
        ];
        AssertAgreement(from o in Objects(Sample())
                        from name in o.Object.Select(p => p.Key)
                        from other in others
                        where !MeansSomething(name, other)
                        select (
                            $"{o.Path}.{name} = {other?.ToJsonString() ?? "null"}", Changed(o.Path, x => x[name] = other?.DeepClone())));
    }

    [Fact]
    public void Schema_and_parser_know_the_same_choices()
    {
        var enums = Descendants(Root)
            .Where(n => n.Value is JsonObject o && o.ContainsKey("enum"))
            .ToLookup(n => n.Key, n => n.Value!["enum"]!.AsArray(), StringComparer.Ordinal);

        Assert.Equal(
            ["correction", "direction", "kind", "metric", "missing", "monotone", "period", "repeats", "unit", "unseen", "when"],
            enums.Select(e => e.Key).Order(StringComparer.Ordinal));
        Assert.Equal(Enum.GetNames<FeatureKind>(), Assert.Single(enums["kind"]).Select(Pascal));
        Assert.Equal(Enum.GetNames<Unit>(), Assert.Single(enums["unit"]).Select(Pascal));
        Assert.Equal(Enum.GetNames<KnockOutTest>(), Assert.Single(enums["when"]).Select(Pascal));
        Assert.Equal(Enum.GetNames<TestCorrection>(), Assert.Single(enums["correction"]).Select(Pascal));
        Assert.Equal(Enum.GetNames<DriftPeriod>(), Assert.Single(enums["period"]).Select(Pascal));
        Assert.Equal(Enum.GetNames<PromotionMetric>(), Assert.Single(enums["metric"]).Select(Pascal));
        foreach (var (name, choices) in enums.Where(e => e.Key != "monotone").SelectMany(e => e.Select(choices => (e.Key, choices))))
        {
            // A feature and a policy each have an "unseen" of their own.
            var said = Objects(Sample()).Where(o => o.Object.ContainsKey(name))
                .Select(
                    o => Assert.Throws<ProductFileException>(
                        () => ProductFile.Parse(Changed(o.Path, x => x[name] = "no such thing").ToJsonString(), "x.json")).Problem);
            Assert.Contains(
                said,
                problem => problem.EndsWith(
                    "allowed are " + string.Join(", ", choices.Select(c => c!.ToJsonString())) + ".", StringComparison.Ordinal));
        }
    }

    private static void AssertAgreement(IEnumerable<(string Change, JsonNode Document)> changes)
    {
        var all = changes.ToList();
        var disagreements = all.Select(
            c => (c.Change, Schema: Schema.Accepts(JsonNode.Parse(c.Document.ToJsonString())), Parser: ParserComplaint(c.Document)))
            .Where(c => c.Schema != c.Parser is null)
            .Select(c => $"{c.Change}: schema {(c.Schema ? "accepts" : "refuses")}, parser says {c.Parser ?? "fine"}")
            .ToList();

        Assert.True(all.Count > 20);
        Assert.True(disagreements.Count == 0, string.Join('\n', disagreements));
    }

    private static string? ParserComplaint(JsonNode document)
    {
        try
        {
            ProductFile.Parse(document.ToJsonString(), "x.json");
            return null;
        }
        catch (ProductFileException exception)
        {
            return exception.Message;
        }
    }

    // Changes that the schema cannot judge: whether a range holds another, an array may be empty of meaning, a name refers to something.
    private static bool MeansSomething(string name, JsonNode? other) => (name, other?.ToJsonString()) switch
    {
        ("min" or "max" or "value", "5") => true,
        (_, "[]") when name is "examples" or "fairnessAttributes" or "knockOuts" or "missingSpellings" or "spellings" => false,
        ("values" or "training" or "shares", "{}") => true,
        _ => false,
    };

    // Features, training parameters and levels are named by the product, not by the schema.
    private static bool HasFreeNames(string path) =>
        path.EndsWith(".values", StringComparison.Ordinal)
            || path.EndsWith(".training", StringComparison.Ordinal)
            || path.EndsWith(".shares", StringComparison.Ordinal);

    private static JsonNode Sample() => JsonNode.Parse(TinyLoan.Json)!;

    // A value of the right type that means nothing special beside any others.
    private static JsonNode SampleOf(string name) => name switch
    {
        "integer" => false,
        "column" => "Some other column",
        "example" => "1",
        "spellings" => new JsonArray(),
        _ => Objects(Sample()).Where(o => o.Object.ContainsKey(name)).Select(o => o.Object[name]!.DeepClone()).FirstOrDefault() ?? "text",
    };

    private static JsonNode Changed(string path, Action<JsonNode> change)
    {
        var document = Sample();
        change(Objects(document).First(o => o.Path == path).Object);
        return document;
    }

    private static string Pascal(JsonNode? choice) => char.ToUpperInvariant(choice!.GetValue<string>()[0]) + choice.GetValue<string>()[1..];

    private static IEnumerable<(string Path, JsonObject Object)> Objects(JsonNode? node) => node switch
    {
        JsonObject o => [(o.GetPath(), o), .. o.SelectMany(p => Objects(p.Value))],
        JsonArray a => a.SelectMany(Objects),
        _ => [],
    };

    private static IEnumerable<KeyValuePair<string, JsonNode?>> Descendants(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Descendants(p.Value).Prepend(p)),
        JsonArray a => a.SelectMany(Descendants),
        _ => [],
    };
}
