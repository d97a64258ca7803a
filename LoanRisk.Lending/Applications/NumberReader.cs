using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Reads a numeric field.</summary>
internal static class NumberReader
{
    public static FieldReading Read(LoanProduct product, Feature feature, GivenText given, FieldMessages messages)
    {
        var (kind, text, style) = given;
        if (style == InputStyle.Json && kind != FieldValueKind.Number)
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.NotANumber, messages.NotANumber(text));
        }

        if (!TryRead(product, feature, text, style, out var number))
        {
            var message = style == InputStyle.Screen && TypedNumber.HasDecimalComma(text)
                ? messages.DecimalComma(text)
                : messages.NotANumber(text);
            return FieldReading.Refused(feature.Name, FieldProblemKind.NotANumber, message);
        }

        return Check(product, feature, number == 0 ? 0 : number, text, messages);
    }

    // Tables hold numbers as programs write them, and as people do.
    private static bool TryRead(LoanProduct product, Feature feature, string text, InputStyle style, out double number)
    {
        if (style != InputStyle.Screen && DecimalNotation.TryParse(text, out number))
        {
            return true;
        }

        number = 0;
        var plain = style switch
        {
            InputStyle.Screen => TypedNumber.OnScreen(product, feature, text),
            InputStyle.Text => TypedNumber.InData(product, feature, text),
            _ => null,
        };
        return plain is not null && DecimalNotation.TryParse(plain, out number);
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

        return feature.Seen!.Contains(number)
            ? new FieldReading(number, DecimalNotation.Of(number))
            : new FieldReading(
                number, DecimalNotation.Of(number), null, WarningText.OutsideTraining(product, feature, number), IsUnseen: true);
    }
}
