using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Reports;
using LoanRisk.Store.DataSets;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>Measures of the serving model, statistics of the data, and the health of both.</summary>
public sealed class FiguresController(
    ProductCatalog catalog, DataSetStore data, DataSummaries summaries, TimeProvider clock) : ApiController
{
    [HttpRead("/api/v1/products/{product}/scoring")]
    public IActionResult Scoring([FromRoute] string product) => About(catalog, product, found =>
    {
        var place = catalog.Place(found.Id);
        if (place.DecisionEngine?.Package is not { } package)
        {
            return Answer(ProductProblems.NoModel(place));
        }

        return ScoringResponse.Of(found.Id, ProductResponse.ModelOf(package), ModelMetrics.Of(package.Files)) is { } scoring
            ? Answer(scoring)
            : Answer(ProductProblems.NoFigures(package, "no measures"));
    });

    [HttpRead("/api/v1/products/{product}/summary-statistics")]
    public async Task<IActionResult> Statistics([FromRoute] string product)
    {
        if (catalog.Find(product) is not { } found)
        {
            return Answer(ProductProblems.Unknown(product, catalog));
        }

        try
        {
            return await summaries.NewestAsync(found, HttpContext.RequestAborted) is { } newest
                ? Answer(StatisticsResponse.Of(found, newest.Version, newest.Profile))
                : Answer(NoData(found));
        }
        catch (InvalidInputException e)
        {
            return Answer(new ApiProblem(StatusCodes.Status409Conflict, e.Message));
        }
    }

    [HttpRead("/api/v1/products/{product}/diagnostics")]
    public async Task<IActionResult> Diagnostics([FromRoute] string product)
    {
        if (catalog.Find(product) is not { } found)
        {
            return Answer(ProductProblems.Unknown(product, catalog));
        }

        var place = catalog.Place(found.Id);
        var age = place.DecisionEngine is { } engine ? (clock.GetUtcNow() - engine.Package.Manifest.TrainedAt).TotalDays : (double?)null;
        return Answer(new DiagnosticsResponse(
            found.Id,
            ProductResponse.ServingModelOf(place),
            age is { } days ? Math.Round(days, 2) : null,
            place.Trouble,
            [.. data.Versions(found.Id).Reverse().Select(DataVersionResponse.Of)],
            await MissingPercent(found),
            CodeVersion.Current,
            [.. PackageLine.Of(typeof(FiguresController).Assembly).Select(PackageResponse.Of)]));
    }

    /// <summary>The problem of a product without ingested data, and what to do.</summary>
    internal static ApiProblem NoData(LoanProduct product) => new(
        StatusCodes.Status404NotFound, $"{product.Name} has no ingested data. Join files with `loanrisk ingest {product.Id} --from DIR`.");

    private async Task<IReadOnlyDictionary<string, double>?> MissingPercent(LoanProduct product)
    {
        try
        {
            return (await summaries.NewestAsync(product, HttpContext.RequestAborted))?.Profile.Features
                .ToDictionary(column => column.Name, column => 100 * column.MissingShare, StringComparer.Ordinal);
        }
        catch (InvalidInputException)
        {
            return null; // one outcome alone: the versions tell it
        }
    }
}
