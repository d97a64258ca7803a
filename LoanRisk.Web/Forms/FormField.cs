using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Forms;

/// <summary>One field of the application form.</summary>
/// <param name="Product">The product it belongs to.</param>
/// <param name="Feature">The feature it asks for.</param>
/// <param name="Text">What stands in it.</param>
/// <param name="Problem">What is wrong with it, or null.</param>
public sealed record FormField(LoanProduct Product, Feature Feature, string Text, string? Problem)
{
    /// <summary>Written before the number: the currency's sign.</summary>
    public string? Prefix =>
        Feature.Unit == Unit.Money && !Feature.HasLevels && Currency.Of(Product.Currency).Prefix.Trim() is { Length: > 0 } sign
            ? sign
            : null;

    /// <summary>Written after the number: <c>%</c> or <c>years</c>.</summary>
    public string? Suffix => Feature switch
    {
        { HasLevels: true } => null,
        { Unit: Unit.Fraction or Unit.Percent } => "%",
        { Unit: Unit.Years } => "years",
        _ => null,
    };

    /// <summary>The keyboard a phone shows: digits only where nothing else is meant; a telephone's number keys have no minus.</summary>
    public string Keyboard => Feature switch
    {
        { Allowed.Min: < 0 } => "text",
        { Integer: true } => "numeric",
        _ => "decimal",
    };

    /// <summary>The values it takes, in words, or null for a list.</summary>
    public string? Range => ScreenText.Range(Product, Feature);

    /// <summary>The first choice of a list, which stands for no answer.</summary>
    public string EmptyChoice => Feature.MayBeMissing ? "Not known" : "Choose…";

    /// <summary>What stands in the field but is in no list: an unseen level of an earlier decision is not lost.</summary>
    public string? UnlistedChoice => Text.Length > 0 && Feature.Levels.All(level => level.Value != Text) ? Text : null;

    /// <summary>How wide the control is, as a class of the style sheet: as wide as what goes into it.</summary>
    public string Width => Feature.HasLevels ? LongestLevel switch { <= 3 => "narrow", <= 14 => "medium", _ => "wide" }
        : Feature.Unit == Unit.Money ? "medium" : "narrow";

    /// <summary>Ids of the elements that describe the control, for aria-describedby.</summary>
    public string DescribedBy
    {
        get
        {
            List<string> ids = [];
            AddIf(Problem is not null, "error");
            AddIf(Prefix is not null || Suffix is not null, "unit");
            AddIf(Feature.Help.Length > 0, "help");
            AddIf(Range is not null, "range");
            return string.Join(' ', ids);

            void AddIf(bool there, string part)
            {
                if (there)
                {
                    ids.Add($"{Feature.Name}-{part}");
                }
            }
        }
    }

    private int LongestLevel => Feature.Levels.Select(level => level.Label.Length).Append(EmptyChoice.Length - 4).Max();
}
