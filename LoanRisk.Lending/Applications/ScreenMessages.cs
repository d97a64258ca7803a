using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Messages for a person at the form: what to do, in the form's labels and units.</summary>
internal sealed class ScreenMessages(LoanProduct product, Feature feature) : FieldMessages
{
    private const int FewLevels = 8;

    public override string Required() => feature.HasLevels ? Choose("") : Enter("");

    public override string NotANumber(string given) => Enter($" {Quoted(given)} is not a number.");

    public override string DecimalComma(string given) =>
        $"Write the {Name} with a decimal point, not a comma: "
            + $"{NearestName.Shorten(given).Replace(".", "", StringComparison.Ordinal).Replace(',', '.')}.";

    public override string NotWhole(string given) =>
        $"Enter the {Name} as a whole number, without a fraction{Example}. {Quoted(given)} is not whole.";

    public override string OutOfRange(ValueRange allowed, string given) =>
        $"Enter the {Name} between {ValueText.Exact(product, feature, allowed.Min)} and "
            + $"{ValueText.Exact(product, feature, allowed.Max)}. {Quoted(given)} is outside.";

    public override string UnknownLevel(string given) => Choose($" {Quoted(given)} is not among them.");

    public override string WrongType(string given) => Required();

    private string Name => LabelText.InSentence(feature.Label);

    private string Example => feature.Example is null ? "" : ", for example " + ValueText.OnScreen(feature, feature.Example);

    private string Unit => feature.Unit switch
    {
        Products.Unit.Money => $" in {Currency.Of(product.Currency).Plural}",
        Products.Unit.Fraction or Products.Unit.Percent => " in percent",
        Products.Unit.Years => " in years",
        _ => feature.Integer ? " as a whole number" : " as a number",
    };

    private string Enter(string why) => $"Enter the {Name}{Unit}{Example}.{why}";

    private string Choose(string why)
    {
        var levels = feature.Levels.Count <= FewLevels ? ": " + string.Join(", ", feature.Levels.Select(l => l.Label)) : " from the list";
        return $"Choose the {Name}{levels}.{why}";
    }
}
