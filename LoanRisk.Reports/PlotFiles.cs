using System.Text;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Pages;
using LoanRisk.Reports.Plots;
using Microsoft.AspNetCore.Components;

namespace LoanRisk.Reports;

/// <summary>A model's charts as files of their own: SVG documents that carry their style with them.</summary>
public static class PlotFiles
{
    private const string Begin = "<svg ";

    private const string End = "</svg>";

    /// <summary>The charts that the figures allow, by file name; none of a model that was never measured.</summary>
    /// <param name="product">The product, for its words.</param>
    /// <param name="metrics">The figures.</param>
    public static IReadOnlyDictionary<string, string> Of(LoanProduct product, ModelMetrics metrics)
    {
        if (metrics.Evaluation is not { } evaluation)
        {
            return new Dictionary<string, string>();
        }

        var discrimination = new DiscriminationPlots(evaluation, [], PlotText.Of(product));
        var calibration = new CalibrationPlots(evaluation, [], PlotText.Of(product));
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["roc.svg"] = Draw<LineChart>("roc", discrimination.Roc),
            ["precision-recall.svg"] = Draw<LineChart>("precision-recall", discrimination.PrecisionRecall),
            ["ks.svg"] = Draw<LineChart>("ks", discrimination.Ks),
            ["gain.svg"] = Draw<LineChart>("gain", discrimination.Gain),
            ["lift.svg"] = Draw<BarChart>("lift", discrimination.Lift),
            ["distribution.svg"] = Draw<HistogramChart>("distribution", discrimination.Distribution(product.Policy)),
            ["reliability.svg"] = Draw<LineChart>("reliability", calibration.Reliability),
            ["cost.svg"] = Draw<LineChart>("cost", calibration.Cost),
        };
    }

    // Whatever the page that shows it looks like, the drawing stands on its own ground.
    private static string Draw<T>(string id, object plot)
        where T : IComponent
    {
        var figure = PageWriter.WriteAsync<T>(("Id", id), ("Plot", plot)).GetAwaiter().GetResult();
        var (from, to) = (figure.IndexOf(Begin, StringComparison.Ordinal), figure.IndexOf(End, StringComparison.Ordinal));
        var drawing = figure[(from + Begin.Length)..(to + End.Length)];
        var inside = drawing.IndexOf('>', StringComparison.Ordinal) + 1;
        return new StringBuilder("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"plot plot-file\" ")
            .Append(drawing, 0, inside)
            .Append("<style><![CDATA[")
            .Append(PageStyle.OfPlots)
            .Append("]]></style>")
            .Append(drawing, inside, drawing.Length - inside)
            .Append('\n')
            .ToString();
    }
}
