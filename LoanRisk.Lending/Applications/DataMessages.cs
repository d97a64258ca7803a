using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>Messages for a program and its author: field names, the data's units and types.</summary>
internal sealed class DataMessages(Feature feature, InputStyle style) : FieldMessages
{
    public override string Required() => $"{feature.Name} is required: {Expected(feature.Allowed)}.";

    public override string NotANumber(string given) => $"{feature.Name} must be {Expected(feature.Allowed)}; it was {Given(given)}.";

    public override string DecimalComma(string given) => NotANumber(given);

    public override string NotWhole(string given) =>
        $"{feature.Name} must be {Expected(feature.Allowed)}; {NearestName.Shorten(given)} is not whole.";

    public override string OutOfRange(ValueRange allowed, string given) =>
        $"{feature.Name} must be {Expected(allowed)}; {NearestName.Shorten(given)} is outside.";

    public override string UnknownLevel(string given)
    {
        var hint = NearestName.Find(given, feature.Levels.Select(l => l.Value)) is { } near ? $" Did you mean {Quoted(near)}?" : "";
        return $"{feature.Name} must be {Expected(null)}; it was {Quoted(given)}.{hint}";
    }

    public override string WrongType(string given) =>
        $"{feature.Name} must be {Expected(feature.Allowed)}; it was {NearestName.Shorten(given)}.";

    private bool IsJson => style == InputStyle.Json;

    private string Given(string given) => IsJson ? $"the text {Quoted(given)}" : Quoted(given);

    private string Expected(ValueRange? allowed)
    {
        var missing = feature.MayBeMissing ? (IsJson ? ", or null when not known" : ", or empty when not known") : "";
        if (feature.HasLevels)
        {
            return $"{(IsJson ? "a JSON string, " : "")}one of {string.Join(", ", feature.Levels.Select(l => Quoted(l.Value)))}{missing}";
        }

        var example = feature.Example is null ? "" : $", for example {feature.Example}";
        return $"{Number}{Unit} from {DecimalNotation.Of(allowed!.Min)} to {DecimalNotation.Of(allowed.Max)}{example}{missing}";
    }

    private string Number => (IsJson, feature.Integer) switch
    {
        (true, true) => "a whole JSON number",
        (true, false) => "a JSON number",
        (false, true) => "a whole number",
        _ => "a number",
    };

    private string Unit => feature.Unit switch
    {
        Products.Unit.Fraction => " (a fraction: 0.25 is 25 %)",
        Products.Unit.Percent => " (in percent: 25 is 25 %)",
        Products.Unit.Years => " of years",
        _ => "",
    };
}
