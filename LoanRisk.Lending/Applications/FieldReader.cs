using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Reads one field: missing, a level or a number.</summary>
internal static class FieldReader
{
    public static FieldReading Read(LoanProduct product, Feature feature, FieldValue given, InputStyle style)
    {
        var messages = FieldMessages.For(product, feature, style);
        var text = given.Text?.Trim() ?? "";
        if (given.Kind == FieldValueKind.Other)
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.WrongType, messages.WrongType(text));
        }

        if (IsMissing(feature, given.Kind, text))
        {
            return feature.MayBeMissing ? FieldReading.Missing : FieldReading.Refused(feature.Name, FieldProblemKind.Required, messages.Required());
        }

        return feature.HasLevels ? LevelReader.Read(feature, given.Kind, text, style, messages) : NumberReader.Read(product, feature, given.Kind, text, style, messages);
    }

    private static bool IsMissing(Feature feature, FieldValueKind kind, string text) =>
        kind == FieldValueKind.Missing || text.Length == 0 || (kind is FieldValueKind.Text or FieldValueKind.Number && feature.MissingSpellings.Contains(text));
}
