using System.Globalization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Reads one field: missing, a level or a number.</summary>
internal static class FieldReader
{
    public static FieldReading Read(LoanProduct product, Feature feature, FieldValue given, InputStyle style)
    {
        var messages = FieldMessages.For(product, feature, style);
        var text = Visible(given.Text ?? "");
        if (given.Kind == FieldValueKind.Other)
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.WrongType, messages.WrongType(text));
        }

        if (IsMissing(feature, given.Kind, text))
        {
            return feature.MayBeMissing
                ? FieldReading.Missing
                : FieldReading.Refused(feature.Name, FieldProblemKind.Required, messages.Required());
        }

        var found = new GivenText(given.Kind, text, style);
        return feature.HasLevels ? LevelReader.Read(feature, found, messages) : NumberReader.Read(product, feature, found, messages);
    }

    // What nobody can see at the ends, such as the mark of a file that was joined from two, is no part of a value.
    private static string Visible(string text)
    {
        var trimmed = text.AsSpan().Trim();
        if (trimmed.IsEmpty || !(IsInvisible(trimmed[0]) || IsInvisible(trimmed[^1])))
        {
            return trimmed.Length == text.Length ? text : trimmed.ToString();
        }

        var (start, end) = (0, trimmed.Length);
        for (; start < end && (IsInvisible(trimmed[start]) || char.IsWhiteSpace(trimmed[start])); start++)
        {
        }

        for (; end > start && (IsInvisible(trimmed[end - 1]) || char.IsWhiteSpace(trimmed[end - 1])); end--)
        {
        }

        return trimmed[start..end].ToString();
    }

    private static bool IsInvisible(char c) => c > '\u007F' && char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static bool IsMissing(Feature feature, FieldValueKind kind, string text) =>
        kind == FieldValueKind.Missing
            || text.Length == 0
            || (kind is FieldValueKind.Text or FieldValueKind.Number
                && feature.MissingSpellings.Any(spelling => IsMeant(feature, spelling, text)));

    // As with levels: 365243.0 is 365243, and N/A is n/a where no level is meant.
    private static bool IsMeant(Feature feature, string spelling, string text)
    {
        if (spelling == text)
        {
            return true;
        }

        var isSame = DecimalNotation.TryParse(spelling, out var code) && DecimalNotation.TryParse(text, out var number)
            ? code == number
            : spelling.Equals(text, StringComparison.OrdinalIgnoreCase);
        return isSame && !(feature.HasLevels && LevelSpelling.CodeOf(feature, text) >= 0);
    }
}
