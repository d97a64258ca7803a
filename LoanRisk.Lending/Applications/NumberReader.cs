using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Reads a numeric field.</summary>
internal static class NumberReader
{
    public static FieldReading Read(LoanProduct product, Feature feature, FieldValueKind kind, string text, InputStyle style, FieldMessages messages)
    {
        if (style == InputStyle.Json && kind != FieldValueKind.Number)
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.NotANumber, messages.NotANumber(text));
        }

        var plain = style == InputStyle.Screen ? ScreenNumber.Plain(product, feature, text) : text;
        if (plain is null || !DecimalText.TryParse(plain, out var number))
        {
            var message = style == InputStyle.Screen && ScreenNumber.HasDecimalComma(text) ? messages.DecimalComma(text) : messages.NotANumber(text);
            return FieldReading.Refused(feature.Name, FieldProblemKind.NotANumber, message);
        }

        return Check(product, feature, number == 0 ? 0 : number, text, messages);
    }

    private static FieldReading Check(LoanProduct product, Feature feature, double number, string text, FieldMessages messages)
    {
        var allowed = feature.RefuseUnseen ? feature.Seen! : feature.Allowed!;
        if (!allowed.Contains(number))
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.OutOfRange, messages.OutOfRange(allowed, text));
        }

        if (feature.Integer && !double.IsInteger(number))
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.NotWhole, messages.NotWhole(text));
        }

        var warning = feature.Seen!.Contains(number) ? null : WarningWords.OutsideTraining(product, feature, number);
        return new FieldReading(number, DecimalText.Of(number), null, warning);
    }
}
