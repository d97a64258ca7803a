using LoanRisk.Lending.Products;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Drift;
using LoanRisk.Web.Drift;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages.Drift;

/// <summary>How the decisions of a product have drifted from the rows its model was trained with.</summary>
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class IndexModel(ProductCatalog catalog, DriftService service) : PageModel
{
    private const int MostPlots = 8;

    /// <summary>The product.</summary>
    public LoanProduct Product { get; private set; } = null!;

    /// <summary>Why nothing is watched; null while a model serves.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>What is known; null without a model.</summary>
    public DriftStanding? Standing { get; private set; }

    /// <summary>The newest window as a page tells it; null before the first has come to its end.</summary>
    public DriftPageReport? Newest { get; private set; }

    /// <summary>PSI from window to window of what has moved most; empty before the second.</summary>
    public IReadOnlyList<LinePlot> History { get; private set; } = [];

    public IActionResult OnGet(string? product)
    {
        if ((product is null ? catalog.Served ?? catalog.Products[0] : catalog.Find(product)) is not { } found)
        {
            return NotFound();
        }

        var place = catalog.Place(found.Id);
        (Product, WhyNot) = (place.Product, place.WhyNoDecision);
        if (place.DecisionEngine is { } engine)
        {
            Standing = service.Of(place.Product, engine.Package);
            Newest = Standing.Newest is { } newest ? new DriftPageReport(Product, newest.Result, newest.Window.MadeAt) : null;
            History = HistoryOf(Standing);
        }

        return Page();
    }

    // The features of the newest window in its order, which is that of severity.
    private static List<LinePlot> HistoryOf(DriftStanding standing)
    {
        if (standing.Windows.Count < 2)
        {
            return [];
        }

        var report = standing.Windows[0].Result.Report;
        return
        [
            .. report.Outputs.Concat(report.Features).Take(MostPlots).Select(f => DriftPlots.History(
                f.Label,
                [
                    .. standing.Windows.Reverse().Select(w => new PlotPoint(
                        w.Window.Number,
                        w.Result.Report.Features.Concat(w.Result.Report.Outputs).FirstOrDefault(o => o.Name == f.Name)?.Stability ?? 0)),
                ],
                standing.Product.Drift.Stability)),
        ];
    }
}
