using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>features</c> of a product file.</summary>
internal static class FeatureReader
{
    private const string DraftedReason = "a value like this raises the risk";

    private const string DraftedInFavour = "a value like this lowers the risk";

    private static readonly string[] Required = ["name", "label", "help", "group", "kind", "reason", "inFavour"];

    private static readonly string[] Optional =
    [
        "unit", "integer", "allowed", "seen", "levels", "missing", "missingSpellings", "unseen", "monotone", "changeable", "protected",
        "example", "column", "generate",
    ];

    private static readonly Dictionary<string, FeatureKind> Kinds = new(StringComparer.Ordinal)
    {
        ["numeric"] = FeatureKind.Numeric,
        ["binary"] = FeatureKind.Binary,
        ["ordinal"] = FeatureKind.Ordinal,
        ["nominal"] = FeatureKind.Nominal,
    };

    private static readonly Dictionary<string, Unit> Units = new(StringComparer.Ordinal)
    {
        ["none"] = Unit.None, ["money"] = Unit.Money, ["fraction"] = Unit.Fraction,
        ["percent"] = Unit.Percent, ["years"] = Unit.Years, ["count"] = Unit.Count,
    };

    private static readonly Dictionary<string, bool> MissingRules = new(StringComparer.Ordinal) { ["refused"] = false, ["allowed"] = true };

    private static readonly Dictionary<string, bool> UnseenRules = new(StringComparer.Ordinal) { ["flag"] = false, ["refuse"] = true };

    public static IReadOnlyList<Feature> ReadAll(JsonPlace place, IReadOnlyList<FeatureGroup> groups, Target target)
    {
        var items = place.SomeItems();
        var fields = items.Select(item => item.Object(Required, Optional)).ToList();
        var features = fields.Select(f => Read(f, groups, target)).ToList();
        ProductReader.Unique([.. fields.Select(f => f["name"])], features.Select(f => f.Name), "feature");
        RefuseSharedColumns(fields, features);
        return features;
    }

    private static Feature Read(JsonFields fields, IReadOnlyList<FeatureGroup> groups, Target target)
    {
        var feature = new Feature
        {
            Name = Name(fields["name"], target),
            Column = fields.Find("column") is { } column ? Column(column, target) : fields["name"].Text(),
            Label = fields["label"].Text(),
            Help = fields["help"].Text(),
            Group = Group(fields["group"], groups),
            Kind = fields["kind"].OneOf(Kinds),
            MayBeMissing = fields.Find("missing")?.OneOf(MissingRules) ?? false,
            RefuseUnseen = fields.Find("unseen")?.OneOf(UnseenRules) ?? false,
            Reason = Said(fields["reason"], fields["label"], DraftedReason, "raises"),
            InFavour = Said(fields["inFavour"], fields["label"], DraftedInFavour, "lowers"),
            Protected = fields.Find("protected")?.Flag() ?? false,
            Example = fields.Find("example")?.Text(),
        };
        feature = feature.HasLevels ? FeatureLevelsReader.WithLevels(feature, fields) : WithRanges(feature, fields);
        feature = feature with { Monotone = Monotone(fields, feature.Kind) };
        return feature with
        {
            Change = fields.Find("changeable") is { } change ? ChangeReader.Read(change, feature) : null,
            MissingSpellings = MissingSpellings(fields, feature),
            Synthetic = fields.Find("generate") is { } generate ? SyntheticReader.Read(generate, feature) : null,
        };
    }

    // What earlier drafts left to be written: no applicant is told that, so the label stands in.
    private static string Said(JsonPlace place, JsonPlace label, string drafted, string verb) =>
        place.Text() is var text && text != drafted ? text : $"the {LabelText.InSentence(label.Text())} {verb} the risk";

    private static string Name(JsonPlace place, Target target)
    {
        var name = ProductReader.ColumnName(place);
        return !name.Equals(target.Column, StringComparison.OrdinalIgnoreCase)
            ? name
            : throw place.Wrong($"\"{name}\" is the target column; a feature must be known before the outcome is.");
    }

    private static string Column(JsonPlace place, Target target)
    {
        var column = place.Text();
        return !column.Equals(target.Column, StringComparison.OrdinalIgnoreCase)
            ? column
            : throw place.Wrong($"\"{column}\" is the target column; a feature must be known before the outcome is.");
    }

    // A file may name a feature by its column or by its own name, so neither may be another feature's.
    private static void RefuseSharedColumns(List<JsonFields> fields, List<Feature> features)
    {
        for (var i = 0; i < features.Count; i++)
        {
            if (fields[i].Find("column") is { } place
                && features.Where((_, other) => other != i).Any(
                    f => IsCalled(f.Name, features[i].Column) || IsCalled(f.Column, features[i].Column)))
            {
                throw place.Wrong($"Another feature is called \"{features[i].Column}\" or is read from that column; each needs its own.");
            }
        }

        static bool IsCalled(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
    }

    private static string Group(JsonPlace place, IReadOnlyList<FeatureGroup> groups)
    {
        var group = place.Text();
        return groups.Any(g => g.Id == group)
            ? group
            : throw place.Wrong(
                $"There is no group \"{group}\" in $.groups; there are {string.Join(", ", groups.Select(g => $"\"{g.Id}\""))}.");
    }

    private static Feature WithRanges(Feature feature, JsonFields fields)
    {
        fields.Refuse("levels", "A numeric feature has no levels; give \"allowed\" and \"seen\".");
        var withUnit = feature with
        {
            Unit = fields.Find("unit")?.OneOf(Units) ?? Unit.None, Integer = fields.Find("integer")?.Flag() ?? false,
        };
        var allowed = RangeReader.Read(fields.Need("allowed", "a numeric feature names the values it accepts."), withUnit);
        var seenPlace = fields.Need("seen", "a numeric feature names the range of its training data.");
        var seen = RangeReader.Read(seenPlace, withUnit);
        return allowed.Contains(seen.Min) && allowed.Contains(seen.Max)
            ? withUnit with { Allowed = allowed, Seen = seen }
            : throw seenPlace.Wrong($"What training has seen must be allowed: it must lie within {allowed.Min} to {allowed.Max}.");
    }

    private static int Monotone(JsonFields fields, FeatureKind kind)
    {
        if (fields.Find("monotone") is not { } place)
        {
            return 0;
        }

        var direction = place.Number();
        return direction switch
        {
            0 => 0,
            1 or -1 when kind != FeatureKind.Nominal => (int)direction,
            1 or -1 => throw place.Wrong("A nominal feature has no order, so risk cannot rise or fall with it; leave \"monotone\" out."),
            _ => throw place.Wrong("Allowed are 1 (risk may only rise with the value), -1 (only fall) and 0 (free)."),
        };
    }

    private static List<string> MissingSpellings(JsonFields fields, Feature feature)
    {
        if (fields.Find("missingSpellings") is not { } place)
        {
            return [];
        }

        if (!feature.MayBeMissing)
        {
            throw place.Wrong("Spellings of a missing value need \"missing\": \"allowed\".");
        }

        var spellings = new List<string>();
        foreach (var item in place.Items())
        {
            spellings.Add(MissingSpelling(item, feature, spellings));
        }

        return spellings;
    }

    private static string MissingSpelling(JsonPlace place, Feature feature, List<string> before)
    {
        var spelling = place.Text();
        // A number far outside, 365243 or -999, is how some tables spell a missing one.
        var isValue = feature.HasLevels
            ? feature.CodeOf(spelling) >= 0
            : DecimalNotation.TryParse(spelling, out var number) && feature.Allowed!.Contains(number);
        if (isValue)
        {
            throw place.Wrong($"\"{spelling}\" is a value of this feature, so it cannot mean a missing one.");
        }

        return before.Contains(spelling) ? throw place.Wrong($"There is another spelling \"{spelling}\"; each stands once.") : spelling;
    }
}
