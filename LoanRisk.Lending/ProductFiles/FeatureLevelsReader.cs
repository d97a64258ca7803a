using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the levels of a binary, ordinal or nominal feature.</summary>
internal static class FeatureLevelsReader
{
    public static Feature WithLevels(Feature feature, JsonFields fields)
    {
        foreach (var name in new[] { "unit", "integer", "allowed", "seen" })
        {
            fields.Refuse(name, "Only a numeric feature has this; a feature with levels lists them.");
        }

        var place = fields.Need("levels", "a feature that is not numeric lists its levels in order.");
        var levels = Read(place);
        return feature.Kind != FeatureKind.Binary || levels.Count == 2
            ? feature with { Levels = levels }
            : throw place.Wrong($"A binary feature has exactly two levels; here are {levels.Count}.");
    }

    private static List<Level> Read(JsonPlace place)
    {
        var fields = place.SomeItems().Select(item => item.Object(["value", "label"], ["spellings"])).ToList();
        var levels = new List<Level>();
        foreach (var field in fields)
        {
            levels.Add(new Level(Fresh(field["value"], levels), field["label"].Text()));
            levels[^1] = levels[^1] with { Spellings = Spellings(field, levels) };
        }

        ProductReader.Unique([.. fields.Select(f => f["label"])], levels.Select(l => l.Label), "level labelled");
        return levels;
    }

    private static List<string> Spellings(JsonFields fields, List<Level> levels)
    {
        var spellings = new List<string>();
        foreach (var item in fields.Find("spellings")?.Items() ?? [])
        {
            spellings.Add(Fresh(item, levels));
            levels[^1] = levels[^1] with { Spellings = [.. spellings] };
        }

        return spellings;
    }

    private static string Fresh(JsonPlace place, List<Level> levels)
    {
        var text = place.Text();
        return levels.Exists(l => l.IsSpelled(text))
            ? throw place.Wrong($"\"{text}\" already spells a level of this feature; each spelling stands once.")
            : text;
    }
}
