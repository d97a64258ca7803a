using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Components;
using Microsoft.AspNetCore.Components;

namespace LoanRisk.Tests.Reports.Charts;

/// <summary>The words of a chart stand beside its bars, however long the words and the bars are.</summary>
public sealed class ChartTextTests
{
    private const double LetterHeight = 8;

    private const double LetterWidth = 5.5;

    public static TheoryData<double, double, string> Distributions => new()
    {
        { 1, 1, "clients that stayed" },
        { 1e-9, 0.4, "loans" },
        { 0.4, 1e-9, "undertakings that paid every instalment on time" },
        { 0, 0, "loans" },
    };

    [Theory]
    [MemberData(nameof(Distributions))]
    public void No_word_of_a_histogram_lies_over_a_bar(double up, double down, string noun)
    {
        var plot = new HistogramPlot
        {
            Title = "Which probabilities do good and bad get?",
            Description = "A distribution.",
            X = new Axis("Probability", 0, 1, FigureText.WholePercent),
            Measure = "Share of each outcome in a bin",
            Text = FigureText.Percent,
            Upper = noun,
            Lower = noun,
            Bars = [.. Enumerable.Range(0, 20).Select(i => new HistogramBar(i / 20.0, (i + 1) / 20.0, up, down))],
            Marks = [new PlotMark(0.001, "Approve below 0.1 %"), new PlotMark(0.5, "Refer"), new PlotMark(0.999, "Decline from 99.9 %")],
        };

        AssertBeside(Render<HistogramChart>(chart => chart.Add(c => c.Plot, plot).Add(c => c.Id, "h")));
    }

    [Theory]
    [InlineData(1e-12, "0.000000000001 (100.0 %)")]
    [InlineData(12, "1")]
    [InlineData(1e9, "1,000,000,000 of a unit with a long name (99.9 %)")]
    public void No_word_of_a_bar_chart_lies_over_a_bar(double longest, string number)
    {
        foreach (var sign in new[] { 1.0, -1.0 })
        {
            var plot = new BarPlot
            {
                Title = "What moves the score most?",
                Description = "Bars.",
                Measure = "Mean change of the log-odds",
                Sides = ("lowers the risk", "raises the risk"),
                Bars =
                [
                    new PlotBar("Share of revolving credit lines in use over the last twenty-four months", longest, number),
                    new PlotBar("b", sign * longest / 2, number, Low: sign * longest / 4, High: sign * longest),
                    new PlotBar("c", 0, number),
                ],
            };

            AssertBeside(Render<BarChart>(chart => chart.Add(c => c.Plot, plot).Add(c => c.Id, "b")));
        }
    }

    private static void AssertBeside(IElement svg)
    {
        var bars = svg.QuerySelectorAll("rect.fill")
            .Select(
                bar => (Left: N(bar, "x"), Top: N(bar, "y"), Right: N(bar, "x") + N(bar, "width"), Bottom: N(bar, "y") + N(bar, "height")))
            .ToArray();
        Assert.NotEmpty(bars);
        foreach (var text in svg.QuerySelectorAll("text"))
        {
            var width = text.TextContent.Length * LetterWidth;
            var left = N(text, "x") - (text.GetAttribute("text-anchor") switch { "end" => width, "middle" => width / 2, _ => 0 });
            var (top, bottom) = (N(text, "y") - LetterHeight, N(text, "y"));
            Assert.DoesNotContain(
                bars,
                bar =>
                    bar.Right - bar.Left > 0.6
                        && bar.Bottom - bar.Top > 0
                        && left < bar.Right
                        && left + width > bar.Left
                        && top < bar.Bottom
                        && bottom > bar.Top);
        }
    }

    private static IElement Render<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : IComponent
    {
        using var context = new BunitContext();
        return (IElement)context.Render(parameters).Find("svg").Clone();
    }

    private static double N(IElement element, string attribute) =>
        double.Parse(element.GetAttribute(attribute)!, CultureInfo.InvariantCulture);
}
