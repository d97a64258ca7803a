using System.Text.RegularExpressions;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the outermost object of a product file.</summary>
internal static class ProductReader
{
    private static readonly Regex Id = new(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.NonBacktracking);

    private static readonly Regex CurrencyCode = new(@"^[A-Z]{3}\z", RegexOptions.NonBacktracking);

    private static readonly Regex Column = new(@"^[A-Za-z][A-Za-z0-9_]{0,63}\z", RegexOptions.NonBacktracking);

    private static readonly string[] Required =
        ["id", "name", "description", "schemaVersion", "currency", "target", "groups", "features", "policy"];

    private static readonly string[] Optional =
    [
        "$schema", "subject", "source", "ids", "date", "fairnessAttributes", "examples", "training", "promotion", "drift", "generate",
        "cautions",
    ];

    public static LoanProduct Read(JsonPlace place, string fileHash)
    {
        var fields = place.Object(Required, Optional);
        fields.Find("$schema")?.Text();
        var target = ReadTarget(fields["target"]);
        var groups = ReadGroups(fields["groups"]);
        var features = FeatureReader.ReadAll(fields["features"], groups, target);
        var product = new LoanProduct
        {
            Id = IdOf(fields["id"]),
            Name = fields["name"].Text(),
            Description = fields["description"].Text(),
            SchemaVersion = fields["schemaVersion"].Text(),
            Currency = Matching(
                fields["currency"], CurrencyCode, "A currency is three capital letters as in ISO 4217, for example \"USD\"."),
            FileHash = fileHash,
            Target = target,
            Subject = fields.Find("subject") is { } subject ? DataColumnsReader.ReadSubject(subject) : Subject.Loan,
            Source = fields.Find("source") is { } source ? DataColumnsReader.ReadSource(source) : null,
            Ids = fields.Find("ids") is { } ids ? DataColumnsReader.ReadIds(ids) : [],
            Date = fields.Find("date") is { } date ? DataColumnsReader.ReadDate(date) : null,
            Groups = groups,
            Features = features,
            FairnessAttributes = fields.Find("fairnessAttributes") is { } names ? ReadAttributes(names, features, target) : [],
            Cautions = fields.Find("cautions") is { } cautions ? [.. cautions.Items().Select(c => c.Text())] : [],
            SyntheticBadRate = fields.Find("generate") is { } generate ? SyntheticReader.ReadBadRate(generate) : null,
            Examples = [],
            Training = fields.Find("training") is { } training ? TrainingReader.Read(training) : new Dictionary<string, string>(),
            Promotion = fields.Find("promotion") is { } promotion ? PromotionReader.Read(promotion) : PromotionRule.Default,
            Drift = fields.Find("drift") is { } drift ? DriftReader.Read(drift) : DriftRule.Default,
            Policy = PolicyReader.Read(fields["policy"], features),
        };
        DataColumnsReader.RefuseShared(fields, product);
        ExampleReader.CheckFeatures(fields["features"], product);
        return product with { Examples = fields.Find("examples") is { } examples ? ExampleReader.ReadAll(examples, product) : [] };
    }

    /// <summary>Text of a certain form.</summary>
    public static string Matching(JsonPlace place, Regex form, string allowed)
    {
        var text = place.Text();
        return form.IsMatch(text) ? text : throw place.Wrong($"\"{text}\" is not allowed. {allowed}");
    }

    /// <summary>An id, as it stands in addresses and folder names.</summary>
    public static string IdOf(JsonPlace place) =>
        Matching(place, Id, "An id has 1 to 40 lower-case letters, digits and hyphens and starts with a letter.");

    /// <summary>A name of a feature, as it stands in JSON and in models.</summary>
    public static string ColumnName(JsonPlace place) =>
        Matching(place, Column, "A name has 1 to 64 letters, digits and underscores and starts with a letter.");

    /// <summary>Refuses the second of two equal names; case does not tell names apart.</summary>
    public static void Unique(IReadOnlyList<JsonPlace> places, IEnumerable<string> names, string what)
    {
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, name) in places.Zip(names))
        {
            if (!seen.Add(name))
            {
                throw place.Wrong($"There is another {what} \"{name}\"; each needs its own.");
            }
        }
    }

    private static Target ReadTarget(JsonPlace place)
    {
        var fields = place.Object(["column", "bad", "good", "meaning", "noun", "horizon"], []);
        var target = new Target(
            fields["column"]
                .Text(), fields["bad"]
                .Text(), fields["good"]
                .Text(), fields["meaning"]
                .Text(), fields["noun"]
                .Text(), fields["horizon"]
                .Text());
        return target.Bad != target.Good
            ? target
            : throw fields["good"].Wrong("\"good\" and \"bad\" must be different values of the column.");
    }

    private static List<FeatureGroup> ReadGroups(JsonPlace place)
    {
        var items = place.SomeItems();
        var fields = items.Select(item => item.Object(["id", "label"], [])).ToList();
        var groups = fields.Select(f => new FeatureGroup(IdOf(f["id"]), f["label"].Text())).ToList();
        Unique([.. fields.Select(f => f["id"])], groups.Select(g => g.Id), "group");
        return groups;
    }

    private static List<string> ReadAttributes(JsonPlace place, IReadOnlyList<Feature> features, Target target)
    {
        var items = place.Items();
        var names = items.Select(i => i.Text()).ToList();
        Unique(items, names, "attribute");
        foreach (var (item, name) in items.Zip(names))
        {
            if (name == target.Column || features.Any(f => f.Name == name))
            {
                throw item.Wrong($"\"{name}\" is a feature or the target; what is kept for fairness tests never enters the model.");
            }
        }

        return names;
    }
}
