using System.Globalization;
using System.Text.Json.Nodes;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;

namespace LoanRisk.Training.Init;

/// <summary>A column drafted as a feature.</summary>
/// <param name="Column">The column.</param>
/// <param name="Json">The feature as the product file holds it.</param>
/// <param name="Said">What was decided, for a table.</param>
internal sealed record DraftedFeature(TextColumn Column, JsonObject Json, string Said)
{
    private static readonly string[] KindWords =
    [
        "code", "codes", "cod", "zip", "zipcode", "postal", "postcode", "postalcode", "plz", "branch", "region", "area", "district",
        "county", "state", "country", "city", "dealer", "agency", "agent", "office", "store",
        "channel", "product", "purpose", "reason", "type", "kind", "category", "occupation", "job", "profession", "industry", "sector",
        "sic", "naics", "nace", "mcc", "bank", "segment", "id",
    ];

    /// <summary>The values are numbers that may stand for steps or for kinds.</summary>
    public bool AreCodes { get; private init; }

    /// <summary>How its numbers are written in the table.</summary>
    public WrittenNumbers Written { get; init; } = WrittenNumbers.Plain;

    /// <summary>What a person must look at, as sentences.</summary>
    public IReadOnlyList<string> Doubts { get; init; } = [];

    /// <summary>Different values that still make a list to choose from.</summary>
    public const int MostLevels = 60;

    private const int MostCodes = 10;

    private const int LongestLevel = 100;

    /// <summary>Drafts the feature, or says why the column cannot be one.</summary>
    /// <param name="column">The column.</param>
    /// <param name="name">The feature's name.</param>
    /// <param name="bad">The outcomes: codes whose bad rate only rises or only falls are taken for steps, others for kinds.</param>
    public static (DraftedFeature? Feature, string? WhyNot) Of(TextColumn column, string name, bool[] bad)
    {
        var texts = column.Values.Select(v => v.Text).ToList();
        if (texts.Count == 2)
        {
            return (OfLevels(column, name, "binary", LevelOrder.OfTwo(texts)), null);
        }

        if (WrittenNumbers.Find(texts) is { } written && !AreKinds(column.Name, texts, written))
        {
            return (
                LookLikeCodes(column, texts) ? OfCodes(column, name, LevelOrder.Find(texts)!, bad) : NumericDraft.Of(column, name, written),
                null);
        }

        if (texts.Count > MostLevels || texts.Exists(t => t.Length > LongestLevel || t.Any(char.IsControl)))
        {
            return (null, WhyNoLevels(texts));
        }

        var order = AreNumbers(texts) ? null : LevelOrder.Find(texts);
        return (
            OfLevels(column, name, order is null ? "nominal" : "ordinal", order ?? (AreNumbers(texts) ? LevelOrder.Find(texts)! : texts)),
            null);
    }

    /// <summary>What every feature has, whatever its kind.</summary>
    public static JsonObject Head(TextColumn column, string name, string kind)
    {
        var head = new JsonObject
        {
            ["name"] = name,
            ["label"] = ColumnName.Label(column.Name),
            ["help"] = $"The column {column.Name}.",
            ["group"] = "values",
            ["kind"] = kind,
        };
        if (name != column.Name)
        {
            head["column"] = column.Name;
        }

        if (column.MissingRows > 0)
        {
            head["missing"] = "allowed";
        }

        if (column.MissingSpellings.Count > 0)
        {
            head["missingSpellings"] = new JsonArray([.. column.MissingSpellings.Select(m => (JsonNode)m)]);
        }

        return head;
    }

    /// <summary>Adds what is said about the value as a reason.</summary>
    public static JsonObject WithReasons(JsonObject json)
    {
        var label = LabelText.InSentence((string)json["label"]!);
        json["reason"] = $"the {label} raises the risk";
        json["inFavour"] = $"the {label} lowers the risk";
        return json;
    }

    /// <summary>What is said about gaps, after a comma.</summary>
    public static string Gaps(TextColumn column) =>
        column.MissingRows == 0 ? ""
        : $", {100.0 * column.MissingRows / column.RowCount:0.#} % "
          + $"missing{(column.MissingSpellings.Count == 0 ? "" : $" ({string.Join(", ", column.MissingSpellings)})")}";

    // Digits that stand for kinds: what the name says, or zeros before all of them to the same length, as in 00202.
    private static bool AreKinds(string column, List<string> texts, WrittenNumbers written) =>
        written.IsPlain && AreNumbers(texts) && texts.TrueForAll(t => t.All(char.IsAsciiDigit))
        && ((ColumnName.Says(column, KindWords) && !NumericDraft.SaysMoney(column) && !NumericDraft.SaysCount(column))
            || (texts.Exists(TextColumn.HasLeadingZero) && texts.TrueForAll(t => t.Length == texts[0].Length)));

    private static bool AreNumbers(List<string> texts) => texts.TrueForAll(TextColumn.IsNumber);

    // Few whole numbers without a hole, and nothing in the name of counting: codes or steps.
    private static bool LookLikeCodes(TextColumn column, List<string> texts)
    {
        if (!AreNumbers(texts))
        {
            return false;
        }

        var numbers = texts.ConvertAll(t => double.Parse(t, CultureInfo.InvariantCulture));
        // 1, 2, 3 and 9: the nines stand for something else and are a code themselves.
        var others = texts.Count > 3 && numbers.Max() is 9 or 99 or 999 ? numbers.FindAll(n => n < numbers.Max()) : numbers;
        return texts.Count is > 2 and <= MostCodes && numbers.TrueForAll(double.IsInteger) && numbers.Distinct().Count() == texts.Count
            && others.Max() - others.Min() < others.Count + 2
                && texts.TrueForAll(t => !t.Contains('.', StringComparison.Ordinal))
                && !NumericDraft.SaysCount(column.Name);
    }

    private static DraftedFeature OfCodes(TextColumn column, string name, IReadOnlyList<string> levels, bool[] bad)
    {
        var rates = levels.Select(level => Rate(column, level, bad)).ToList();
        var steps = rates.Skip(1).Zip(rates, (next, rate) => Math.Sign(next - rate)).Where(s => s != 0).Distinct().Count();
        var draft = OfLevels(column, name, steps <= 1 ? "ordinal" : "nominal", levels);
        return draft with { Said = "codes, " + draft.Said, AreCodes = true };
    }

    private static double Rate(TextColumn column, string level, bool[] bad)
    {
        var rows = Enumerable.Range(0, bad.Length).Where(row => column.At(row) == level).ToList();
        return (double)rows.Count(row => bad[row]) / rows.Count;
    }

    private static DraftedFeature OfLevels(TextColumn column, string name, string kind, IReadOnlyList<string> levels)
    {
        var json = Head(column, name, kind);
        var labels = levels.Select(ColumnName.Label).ToList();
        var areUnlike = labels.Distinct(StringComparer.OrdinalIgnoreCase).Count() == levels.Count;
        json["levels"] = new JsonArray([
            .. levels.Select((level, i) => Level(column, level, areUnlike && !TextColumn.IsNumber(level) ? labels[i] : Unlike(levels, i))),
        ]);
        var shown = levels.Count <= 6
            ? string.Join(kind == "nominal" ? ", " : " < ", levels)
            : $"{CountedNoun.Of(levels.Count, "level")}, {levels[0]} to {levels[^1]}";
        return new DraftedFeature(column, WithReasons(json), $"{kind}: {shown}{Gaps(column)}");
    }

    private static JsonObject Level(TextColumn column, string value, string label)
    {
        var level = new JsonObject { ["value"] = value, ["label"] = label };
        if (column.OtherSpellings(value) is { Count: > 0 } spellings)
        {
            level["spellings"] = new JsonArray([.. spellings.Select(s => (JsonNode)s)]);
        }

        return level;
    }

    // Labels differ by more than capitals; texts of the data may differ by these alone.
    private static string Unlike(IReadOnlyList<string> levels, int place)
    {
        var before = levels.Take(place).Count(l => l.Equals(levels[place], StringComparison.OrdinalIgnoreCase));
        return before == 0 ? levels[place] : $"{levels[place]} ({before + 1})";
    }

    private static string WhyNoLevels(List<string> texts) =>
        WrittenNumbers.AreUnreadable(texts)
            ? $"numbers written as {texts.Find(t => !WrittenNumbers.IsOne(t))}, which is not read without guessing; "
              + "write plain numbers with a decimal point, such as -1200 and 1234.56"
        : texts.TrueForAll(WrittenNumbers.IsOne) && !AreNumbers(texts)
            ? $"numbers in more than one unit ({texts.Find(t => !TextColumn.IsNumber(t))}, "
              + $"{texts.FindLast(t => t != texts.Find(u => !TextColumn.IsNumber(u)))}); write all of them alike"
        : AreNumbers(texts) ? $"{texts.Count:N0} different codes; group them to use it"
        : $"{texts.Count:N0} different texts: free text, or an id";
}
