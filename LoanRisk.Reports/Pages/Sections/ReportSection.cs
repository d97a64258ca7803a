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
    protected IReadOnlyList<RivalCurves> RivalCurves => [.. Report.Rivals.Select(r => r.Curves)];

    /// <summary>What the product calls its loans.</summary>
    protected PlotWords Words => PlotWords.Of(Report.Product);
}
