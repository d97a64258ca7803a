using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using LoanRisk.Reports.Charts;
using LoanRisk.Web.Components.Charts;

namespace LoanRisk.Tests.Web.Components;

public sealed class ReasonChartTests
{
    private static readonly Factor Rate = new("Interest rate", "20.4\u00a0%", "Interest rate 20.4 %: the rate raises the risk", 0.5);
    private static readonly Factor Income = new(
        "Yearly income", "$95,000", "Yearly income $95,000: an income of this size lowers the risk", -0.25);

    [Fact]
    public void What_raises_the_risk_goes_right_and_what_lowers_it_left_in_proportion()
    {
        var chart = Render(Rate, Income);
        var raises = chart.QuerySelector("rect.raises")!;
        var lowers = chart.QuerySelector("rect.lowers")!;
        Assert.Equal(50, Percent(raises, "x"));
        Assert.Equal(50, Percent(lowers, "x") + Percent(lowers, "width"), 0.011);
        Assert.Equal(2, Percent(raises, "width") / Percent(lowers, "width"), 0.01);
    }

    [Fact]
    public void The_applicants_value_stands_beside_each_bar_on_its_free_side()
    {
        var chart = Render(Rate, Income);
        Assert.Equal(["20.4\u00a0%", "$95,000"], chart.QuerySelectorAll("text.factor-value").Select(t => t.TextContent));
        Assert.Equal(["end", "start"], chart.QuerySelectorAll("text.factor-value").Select(t => t.GetAttribute("text-anchor")));
        Assert.Equal(["+0.50", "−0.25"], chart.QuerySelectorAll("text.bar-number").Select(t => t.TextContent));
    }

    [Fact]
    public void The_table_holds_the_reasons_and_what_they_do_to_the_odds()
    {
        var rows = Render(Rate, Income).QuerySelectorAll("details tbody tr");
        Assert.Equal([Rate.Text, "+0.50", "1.65"], rows[0].Children.Select(c => c.TextContent));
        Assert.Equal([Income.Text, "−0.25", "0.78"], rows[1].Children.Select(c => c.TextContent));
    }

    [Fact]
    public void The_description_says_it_in_words() =>
        Assert.Equal(
            "Interest rate 20.4\u00a0% raises the risk by 0.50; Yearly income $95,000 lowers the risk by 0.25.",
            Render(Rate, Income).QuerySelector("desc")!.TextContent);

    [Fact]
    public void Long_names_break_into_lines_that_fit_half_a_phone_and_rows_never_overlap()
    {
        var chart = Render(Rate with { Label = "Share of revolving credit lines in use over the last twenty-four months" }, Income, Rate);
        Assert.All(chart.QuerySelectorAll("text.factor-label, text.factor-value"), line => Assert.InRange(line.TextContent.Length, 1, 24));
        Assert.EndsWith("…", chart.QuerySelectorAll("text.factor-label")[1].TextContent);
        var baselines = chart.QuerySelectorAll("text.factor-label, text.factor-value")
            .Select(t => int.Parse(t.GetAttribute("y")!, CultureInfo.InvariantCulture))
            .ToList();
        Assert.All(baselines.Zip(baselines.Skip(1)), pair => Assert.True(pair.Second - pair.First >= ReasonRow.LineHeight));
        Assert.True(int.Parse(chart.QuerySelector("svg")!.GetAttribute("height")!, CultureInfo.InvariantCulture) > baselines[^1]);
    }

    [Fact]
    public void Hostile_names_come_out_as_text()
    {
        var chart = Render(Rate with { Label = "<b>x</b>" });
        Assert.Empty(chart.QuerySelectorAll("b"));
        Assert.Equal("<b>x</b>", chart.QuerySelector("text.factor-label")!.TextContent);
    }

    [Fact]
    public void Without_factors_it_says_so_instead_of_drawing_nothing()
    {
        var chart = Render();
        Assert.Null(chart.QuerySelector("svg"));
        Assert.Equal("No factor moved the score by itself.", chart.TextContent.Trim());
    }

    [Theory]
    [InlineData("short", 10, 2, new[] { "short" })]
    [InlineData("two words here", 9, 2, new[] { "two words", "here" })]
    [InlineData("unbreakablelongword", 8, 2, new[] { "unbreaka", "blelong…" })]
    [InlineData("a b c d e f", 3, 2, new[] { "a b", "c…" })]
    [InlineData("", 5, 2, new[] { "" })]
    public void Text_wraps_at_words_and_ends_in_an_ellipsis(string text, int width, int most, string[] expected) =>
        Assert.Equal(expected, TextLines.Wrap(text, width, most));

    private static IElement Render(params Factor[] factors)
    {
        using var context = new BunitContext();
        return (IElement)context.Render<ReasonChart>(chart => chart.Add(c => c.Factors, factors).Add(c => c.Baseline, "the average loan"))
            .Find("figure")
            .Clone();
    }

    private static double Percent(IElement element, string attribute) =>
        double.Parse(element.GetAttribute(attribute)!.TrimEnd('%'), CultureInfo.InvariantCulture);
}
