using LoanRisk.Reports.Plots;
using Microsoft.AspNetCore.Components;

namespace LoanRisk.Reports.Pages.Sections;

/// <summary>A section of a model's report.</summary>
public abstract class ReportSection : ComponentBase
{
    /// <summary>What to write down.</summary>
    [Parameter, EditorRequired]
    public ModelReport Report { get; set; } = null!;

    /// <summary>The other models as charts draw them.</summary>
    protected IReadOnlyList<ComparisonCurves> ComparisonCurves => [.. Report.Comparisons.Select(r => r.Curves)];

    /// <summary>What the product calls its loans.</summary>
    protected PlotText Words => PlotText.Of(Report.Product);
}
