using System.Text.Json;

namespace LoanRisk.Lending.Applications;

/// <summary>How the values of an application were written.</summary>
public enum InputStyle
{
    /// <summary>JSON: numbers are numbers, levels are text, in the data's units.</summary>
    Json,

    /// <summary>Text in the data's own spelling and units: a query string, a CSV file.</summary>
    Text,

    /// <summary>Text as a person types it on the form: fractions as percent, amounts perhaps with separators.</summary>
    Screen,
}

/// <summary>One value as it was given, before anything is believed about it.</summary>
/// <param name="Text">The text or the number's own text; null when missing.</param>
/// <param name="Kind">What it was.</param>
public readonly record struct FieldValue(string? Text, FieldValueKind Kind)
{
    /// <summary>A value that was given as text.</summary>
    public static FieldValue OfText(string? text) => text is null ? default : new(text, FieldValueKind.Text);

    /// <summary>A value out of a JSON document.</summary>
    public static FieldValue OfJson(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => default,
        JsonValueKind.String => OfJsonText(element),
        JsonValueKind.Number => new(element.GetRawText(), FieldValueKind.Number),
        _ => new(element.GetRawText(), FieldValueKind.Other),
    };

    // Half a surrogate pair (\ud800) is allowed by JSON's grammar and is no text.
    private static FieldValue OfJsonText(JsonElement element)
    {
        try
        {
            return new(element.GetString(), FieldValueKind.Text);
        }
        catch (InvalidOperationException)
        {
            return new(element.GetRawText(), FieldValueKind.Other);
        }
    }
}

/// <summary>What a <see cref="FieldValue"/> was written as.</summary>
public enum FieldValueKind
{
    /// <summary>Not given, or null.</summary>
    Missing,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A JSON number.</summary>
    Number,

    /// <summary>A JSON array, object or boolean.</summary>
    Other,
}
