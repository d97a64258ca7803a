using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Reads a field with levels.</summary>
internal static class LevelReader
{
    private const int LongestKept = 100;

    public static FieldReading Read(Feature feature, GivenText given, FieldMessages messages)
    {
        var (kind, text, style) = given;
        // Codes are numbers to many programs; which level 2 is where "2" is one leaves no doubt.
        if (style == InputStyle.Json
            && kind != FieldValueKind.Text
            && !(kind == FieldValueKind.Number && LevelSpelling.AreNumbers(feature)))
        {
            return FieldReading.Refused(feature.Name, FieldProblemKind.WrongType, messages.WrongType(text));
        }

        var code = LevelSpelling.CodeOf(feature, text);
        code = code < 0 && style == InputStyle.Screen ? CodeOfLabel(feature, text) : code;
        if (code >= 0)
        {
            return new FieldReading(code, feature.Levels[code].Value);
        }

        return feature.RefuseUnseen || text.Length > LongestKept
            ? FieldReading.Refused(feature.Name, FieldProblemKind.UnknownLevel, messages.UnknownLevel(text))
            : Unseen(feature, text);
    }

    // A category beyond those in training falls where a tree sends whatever it does not list. Ranks have no such place: between
    // which two would it stand? So it counts as missing there.
    private static FieldReading Unseen(Feature feature, string text) =>
        feature.Kind == FeatureKind.Nominal
            ? new(feature.Levels.Count, text, null, WarningText.UnseenCategory(feature, text), IsUnseen: true)
            : new(double.NaN, text, null, WarningText.UnseenRank(feature, text), IsUnseen: true);

    private static int CodeOfLabel(Feature feature, string text) =>
        feature.Levels.Index()
            .Where(l => l.Item.Label.Equals(text, StringComparison.OrdinalIgnoreCase))
            .Select(l => l.Index)
            .FirstOrDefault(-1);
}
