using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Web.Forms;

/// <summary>A product's form with what stands in it: made wholly from the product file.</summary>
public sealed class ApplicationForm
{
    private readonly IReadOnlyDictionary<string, string> _texts;

    private ApplicationForm(LoanProduct product, IReadOnlyDictionary<string, string> texts, IReadOnlyList<FieldProblem> problems)
    {
        Product = product;
        _texts = texts;
        Problems = problems;
    }

    /// <summary>The product whose file makes the form.</summary>
    public LoanProduct Product { get; }

    /// <summary>What was wrong with what was sent; empty on a fresh form.</summary>
    public IReadOnlyList<FieldProblem> Problems { get; }

    /// <summary>A form with nothing in it.</summary>
    public static ApplicationForm Empty(LoanProduct product) => new(product, new Dictionary<string, string>(), []);

    /// <summary>A form filled with values in the data's own spelling.</summary>
    public static ApplicationForm Filled(LoanProduct product, IEnumerable<KeyValuePair<string, string?>> values)
    {
        var filled = new Dictionary<string, string>();
        foreach (var (name, value) in values)
        {
            if (product.Find(name) is { } feature)
            {
                filled[name] = ScreenText.Typed(feature, value);
            }
        }

        return new(product, filled, []);
    }

    /// <summary>A form that was sent and refused: the texts as they were typed, with what is wrong.</summary>
    public static ApplicationForm Refused(
        LoanProduct product, IEnumerable<KeyValuePair<string, string>> typed, IReadOnlyList<FieldProblem> problems)
    {
        var kept = new Dictionary<string, string>();
        foreach (var (name, text) in typed)
        {
            kept[name] = text;
        }

        return new(product, kept, problems);
    }

    /// <summary>What was sent, without the framework's own fields.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Typed(IFormCollection form) =>
        [.. form.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal))
            .SelectMany(field => field.Value, (field, text) => KeyValuePair.Create(field.Key, text ?? ""))];

    /// <summary>The fields of a group, in the product's order.</summary>
    public IEnumerable<FormField> Fields(FeatureGroup group) =>
        Product.Features.Where(feature => feature.Group == group.Id).Select(Field);

    private FormField Field(Feature feature) => new(
        Product,
        feature,
        _texts.GetValueOrDefault(feature.Name, ""),
        Problems.FirstOrDefault(problem => problem.Field == feature.Name)?.Message);
}
