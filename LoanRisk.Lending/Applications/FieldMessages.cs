using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>What is said about a field that cannot be used: to a person at the form, or to a program and its author.</summary>
internal abstract class FieldMessages
{
    public static FieldMessages For(LoanProduct product, Feature feature, InputStyle style) =>
        style == InputStyle.Screen ? new ScreenMessages(product, feature) : new DataMessages(feature, style);

    public abstract string Required();

    public abstract string NotANumber(string given);

    public abstract string DecimalComma(string given);

    public abstract string NotWhole(string given);

    public abstract string OutOfRange(ValueRange allowed, string given);

    public abstract string UnknownLevel(string given);

    public abstract string WrongType(string given);

    protected static string Quoted(string given) => $"\"{NearestName.Shorten(given)}\"";
}
