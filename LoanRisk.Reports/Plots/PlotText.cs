using LoanRisk.Lending.Products;

namespace LoanRisk.Reports.Plots;

/// <summary>What a product calls its good and bad loans, for charts.</summary>
/// <param name="Noun">What a bad one is: late.</param>
/// <param name="Many">All of them: loans.</param>
public sealed record PlotText(string Noun, string Many)
{
    /// <summary>What the reported model is called.</summary>
    public const string ThisModel = "This model";

    /// <summary>Bad ones: <c>late loans</c>.</summary>
    public string Bad => $"{Noun} {Many}";

    /// <summary>Good ones.</summary>
    public string Good => $"good {Many}";

    /// <summary>A product's words.</summary>
    public static PlotText Of(LoanProduct product) => new(product.Target.Noun, product.Subject.Many);
}
