using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Decisions;

/// <summary>A feature's reason in the product's words.</summary>
public static class ReasonText
{
    /// <summary>What is said of a value that raises the score, told by its place in a feature row alone: a listed level or none, a number or none.</summary>
    public static string Raising(LoanProduct product, int feature, double number)
    {
        var asked = product.Features[feature];
        var value = double.IsNaN(number) ? null : asked.HasLevels ? asked.Levels[(int)number].Value : DecimalText.Of(number);
        return Of(product, asked, value, raises: true);
    }

    /// <summary>What is said of an application's value that raises the score.</summary>
    public static string Raising(LoanApplication application, int feature) =>
        Of(application.Product, application.Product.Features[feature], application.Values[feature], raises: true);

    /// <summary>What is said of a value; null is missing.</summary>
    internal static string Of(LoanProduct product, Feature feature, string? value, bool raises)
    {
        var words = value is null ? WhenMissing(raises) : raises ? feature.Reason : feature.InFavour;
        return $"{feature.Label} {ValueText.InWords(product, feature, value)}: {words}";
    }

    // The product's words speak of a value; here there is none.
    private static string WhenMissing(bool raises) => raises ? "that it is not known raises the risk" : "that it is not known lowers the risk";
}
