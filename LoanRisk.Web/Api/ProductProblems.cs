using LoanRisk.Lending.Models;
using LoanRisk.Reports.Format;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using LoanRisk.Web.Texts;

namespace LoanRisk.Web.Api;

/// <summary>The problems of a product that cannot be asked about.</summary>
internal static class ProductProblems
{
    private const int LongestId = 40;

    /// <summary>No product has that id, or its file is broken.</summary>
    public static ApiProblem Unknown(string id, ProductCatalog catalog) => catalog.Broken.FirstOrDefault(b => b.Id == id) is { } broken
        ? new(
            StatusCodes.Status503ServiceUnavailable,
            $"{catalog.Describe(broken)} No decision can be given until whoever runs the site mends the file.")
        : new(
            StatusCodes.Status404NotFound,
            $"There is no product '{ShortText.Of(id, LongestId)}'; "
                + $"the products are {string.Join(", ", catalog.Products.Select(product => product.Id))}.");

    /// <summary>No model serves the product now.</summary>
    public static ApiProblem NoModel(ServedProduct place) => new(StatusCodes.Status503ServiceUnavailable, place.WhyNoDecision!);

    /// <summary>The serving model does not say what was asked for.</summary>
    public static ApiProblem NoFigures(ModelPackage package, string what) => new(
        StatusCodes.Status404NotFound,
        $"Model {ShortId.Of(package.Id)} keeps {what}: it was imported, or made by an earlier version. "
        + "Models that are trained here keep them.");
}
