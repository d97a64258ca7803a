using System.Text.Json;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>One value of a product file together with its place, so that every error can name it.</summary>
/// <param name="Element">The value.</param>
/// <param name="Path">Its JSON path, for example <c>$.features[2].levels[1].value</c>.</param>
/// <param name="FileName">The file, for messages.</param>
internal readonly record struct JsonPlace(JsonElement Element, string Path, string FileName)
{
    private const int LongestText = 500;

    public ProductFileException Wrong(string problem) => new(FileName, Path, problem);

    /// <summary>The place of a property, whether it is there or not.</summary>
    public JsonPlace At(string property, JsonElement element = default) =>
        this with { Element = element, Path = IsPlain(property) ? $"{Path}.{property}" : $"{Path}['{property}']" };

    /// <summary>The items of an array, each with its place.</summary>
    public IReadOnlyList<JsonPlace> Items()
    {
        Expect(JsonValueKind.Array, "an array");
        var here = this;
        return [.. Element.EnumerateArray().Select((item, i) => here with { Element = item, Path = $"{here.Path}[{i}]" })];
    }

    /// <summary>The items of an array that must have some.</summary>
    public IReadOnlyList<JsonPlace> SomeItems()
    {
        var items = Items();
        return items.Count > 0 ? items : throw Wrong("The array is empty; at least one entry is needed.");
    }

    /// <summary>Text that a person reads or that is compared: not blank, no space around it, no line breaks.</summary>
    public string Text()
    {
        var text = RawText();
        if (text.Length > LongestText || string.IsNullOrWhiteSpace(text) || text != text.Trim() || text.Any(char.IsControl))
        {
            throw Wrong($"The text must have 1 to {LongestText} characters on one line, without spaces at its ends.");
        }

        return text;
    }

    public double Number()
    {
        Expect(JsonValueKind.Number, "a number");
        var number = Element.GetDouble();
        return double.IsFinite(number) ? number : throw Wrong("The number is too large for a 64-bit floating point number.");
    }

    public bool Flag() => Element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Wrong($"Expected true or false, found {Found}."),
    };

    /// <summary>One of a few texts, and what each stands for.</summary>
    public T OneOf<T>(IReadOnlyDictionary<string, T> choices)
    {
        var text = RawText();
        return choices.TryGetValue(text, out var choice)
            ? choice
            : throw Wrong(
                $"\"{NearestName.Shorten(text)}\" is not known here; allowed are "
                    + $"{string.Join(", ", choices.Keys.Select(k => $"\"{k}\""))}.");
    }

    /// <summary>Checks that this is an object with these properties and no others.</summary>
    public JsonFields Object(string[] required, string[] optional)
    {
        Expect(JsonValueKind.Object, "an object");
        return new JsonFields(this, required, optional);
    }

    public void Expect(JsonValueKind kind, string name)
    {
        if (Element.ValueKind != kind)
        {
            throw Wrong($"Expected {name}, found {Found}.");
        }
    }

    private string RawText()
    {
        Expect(JsonValueKind.String, "a text");
        try
        {
            return Element.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw Wrong("The text holds half a surrogate pair, which is no character.");
        }
    }

    private string Found => Element.ValueKind switch
    {
        JsonValueKind.Array => "an array",
        JsonValueKind.Object => "an object",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => Element.GetRawText(),
    };

    private static bool IsPlain(string name) => name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '-');
}
