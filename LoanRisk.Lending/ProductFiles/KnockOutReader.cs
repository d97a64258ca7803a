using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the knock-out rules of a policy.</summary>
internal static class KnockOutReader
{
    private static readonly Dictionary<string, KnockOutTest> Tests = new(StringComparer.Ordinal)
    {
        ["below"] = KnockOutTest.Below, ["above"] = KnockOutTest.Above, ["oneOf"] = KnockOutTest.OneOf,
    };

    /// <summary>How a product file spells a test.</summary>
    public static string NameOf(KnockOutTest test) => Tests.First(known => known.Value == test).Key;

    public static IReadOnlyList<KnockOut> ReadAll(JsonPlace place, IReadOnlyList<Feature> features)
    {
        var fields = place.Items().Select(item => item.Object(["id", "feature", "when", "reason"], ["value", "levels"])).ToList();
        var rules = fields.Select(f => Read(f, features)).ToList();
        ProductReader.Unique([.. fields.Select(f => f["id"])], rules.Select(r => r.Id), "knock-out rule");
        return rules;
    }

    private static KnockOut Read(JsonFields fields, IReadOnlyList<Feature> features)
    {
        var name = fields["feature"].Text();
        var feature = features.FirstOrDefault(f => f.Name == name) ?? throw fields["feature"].Wrong($"There is no feature \"{name}\".");
        var test = fields["when"].OneOf(Tests);
        var rule = new KnockOut(ProductReader.IdOf(fields["id"]), name, test, 0, [], fields["reason"].Text());
        return test == KnockOutTest.OneOf ? rule with { Levels = Levels(fields, feature) } : rule with { Value = Value(fields, feature) };
    }

    private static double Value(JsonFields fields, Feature feature)
    {
        fields.Refuse("levels", "\"levels\" belong to \"when\": \"oneOf\".");
        if (feature.HasLevels)
        {
            throw fields["when"].Wrong($"\"{feature.Name}\" has levels; use \"oneOf\" and name them.");
        }

        var place = fields.Need("value", "\"below\" and \"above\" compare with a number, in the data's units.");
        var value = place.Number();
        return feature.Allowed!.Contains(value)
            ? value
            : throw place.Wrong(
                $"{value} is outside the values \"{feature.Name}\" accepts ({feature.Allowed.Min} to {feature.Allowed.Max}), "
                    + "so the rule would hold never or always.");
    }

    private static List<string> Levels(JsonFields fields, Feature feature)
    {
        fields.Refuse("value", "\"value\" belongs to \"below\" and \"above\".");
        if (!feature.HasLevels)
        {
            throw fields["when"].Wrong($"\"{feature.Name}\" is numeric; use \"below\" or \"above\".");
        }

        return [.. fields.Need("levels", "\"oneOf\" names the levels that decline.").SomeItems().Select(item => Level(item, feature))];
    }

    private static string Level(JsonPlace place, Feature feature)
    {
        var text = place.Text();
        return feature.Levels.Any(l => l.Value == text)
            ? text
            : throw place.Wrong(
                $"\"{text}\" is not a level of \"{feature.Name}\"; there are "
                    + $"{string.Join(", ", feature.Levels.Select(l => $"\"{l.Value}\""))}.");
    }
}
