using System.Globalization;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Training.Init;

/// <summary>A column drafted as a feature.</summary>
/// <param name="Column">The column.</param>
/// <param name="Json">The feature as the product file holds it.</param>
/// <param name="Said">What was decided, for a table.</param>
internal sealed record DraftedFeature(TextColumn Column, JsonObject Json, string Said)
{
    /// <summary>The values are numbers that may stand for steps or for kinds.</summary>
    public bool AreCodes { get; private init; }

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
        var isNumeric = texts.TrueForAll(TextColumn.IsNumber);
        if (texts.Count == 2)
        {
            return (OfLevels(column, name, "binary", LevelOrder.OfTwo(texts)), null);
        }

        if (isNumeric)
        {
            return (LookLikeCodes(column, texts) ? OfCodes(column, name, LevelOrder.Find(texts)!, bad) : NumericDraft.Of(column, name), null);
        }

        if (texts.Count > MostLevels || texts.Exists(t => t.Length > LongestLevel || t.Any(char.IsControl)))
        {
            return (null, WhyNoLevels(texts));
        }

        var order = LevelOrder.Find(texts);
        return (OfLevels(column, name, order is null ? "nominal" : "ordinal", order ?? texts), null);
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
        json["reason"] = "a value like this raises the risk";
        json["inFavour"] = "a value like this lowers the risk";
        return json;
    }

    /// <summary>What is said about gaps, after a comma.</summary>
    public static string Gaps(TextColumn column) =>
        column.MissingRows == 0 ? ""
        : $", {100.0 * column.MissingRows / column.RowCount:0.#} % missing{(column.MissingSpellings.Count == 0 ? "" : $" ({string.Join(", ", column.MissingSpellings)})")}";

    // Few whole numbers without a hole, and nothing in the name of counting: codes or steps.
    private static bool LookLikeCodes(TextColumn column, List<string> texts)
    {
        var numbers = texts.ConvertAll(t => double.Parse(t, CultureInfo.InvariantCulture));
        return texts.Count is > 2 and <= MostCodes && numbers.TrueForAll(double.IsInteger) && numbers.Distinct().Count() == texts.Count
            && numbers.Max() - numbers.Min() < texts.Count + 2 && texts.TrueForAll(t => !t.Contains('.', StringComparison.Ordinal)) && !NumericDraft.SaysCount(column.Name);
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
        json["levels"] = new JsonArray([.. levels.Select((level, i) => new JsonObject { ["value"] = level, ["label"] = areUnlike && !TextColumn.IsNumber(level) ? labels[i] : Unlike(levels, i) })]);
        var shown = levels.Count <= 6 ? string.Join(kind == "nominal" ? ", " : " < ", levels) : $"{levels.Count} levels, {levels[0]} to {levels[^1]}";
        return new DraftedFeature(column, WithReasons(json), $"{kind}: {shown}{Gaps(column)}");
    }

    // Labels differ by more than capitals; texts of the data may differ by these alone.
    private static string Unlike(IReadOnlyList<string> levels, int place)
    {
        var before = levels.Take(place).Count(l => l.Equals(levels[place], StringComparison.OrdinalIgnoreCase));
        return before == 0 ? levels[place] : $"{levels[place]} ({before + 1})";
    }

    /// <summary>True for <c>$1,200</c> and <c>13 %</c>: nearly every text is a number once its signs are gone.</summary>
    public static bool AreSignedNumbers(IReadOnlyCollection<string> texts) =>
        texts.Count(t => TextColumn.IsNumber(t.Trim('$', '€', '£', '%', ' ').Replace(",", "", StringComparison.Ordinal))) > 0.9 * texts.Count;

    private static string WhyNoLevels(List<string> texts) => AreSignedNumbers(texts)
        ? "numbers with signs or separators ($1,200, 13 %); write plain numbers such as 1200 and 13 to use it"
        : $"{texts.Count:N0} different texts: free text, or an id";
}
