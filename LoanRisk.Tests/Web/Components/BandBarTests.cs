using System.Globalization;
using AngleSharp.Dom;
using Bunit;
using LoanRisk.Lending.Decisions;
using LoanRisk.Web.Components.Charts;

namespace LoanRisk.Tests.Web.Components;

public sealed class BandBarTests
{
    private static readonly Thresholds Limits = new(0.02, 0.08);

    [Theory]
    [InlineData(0.004, "approve")]
    [InlineData(0.02, "refer")]
    [InlineData(0.0799, "refer")]
    [InlineData(0.08, "decline")]
    [InlineData(0.99, "decline")]
    public void The_band_that_holds_the_probability_stands_out(double probability, string expected)
    {
        var bar = Render(probability);
        Assert.Contains(expected, bar.QuerySelectorAll(".band.holding").Single().ClassList);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.0005)]
    [InlineData(0.021)]
    [InlineData(0.5)]
    [InlineData(1)]
    public void The_marker_stands_inside_the_band_that_holds_the_probability(double probability)
    {
        var bar = Render(probability);
        var marker = Percent(bar.QuerySelector(".marker-place")!, "x");
        var band = bar.QuerySelector(".band.holding rect")!;
        Assert.InRange(marker, Percent(band, "x") - 0.01, Percent(band, "x") + Percent(band, "width") + 0.01);
    }

    [Fact]
    public void The_bands_fill_the_bar_without_a_gap()
    {
        var rects = Render(0.05).QuerySelectorAll(".band rect");
        var end = 0.0;
        foreach (var rect in rects)
        {
            Assert.Equal(end, Percent(rect, "x"), 0.011);
            end = Percent(rect, "x") + Percent(rect, "width");
        }

        Assert.Equal(3, rects.Length);
        Assert.Equal(100, end, 0.011);
    }

    [Fact]
    public void Both_limits_are_labelled_where_their_bands_meet()
    {
        var bar = Render(0.05);
        var labels = bar.QuerySelectorAll("text.limit");
        Assert.Equal(["2.0\u00a0%", "8.0\u00a0%"], labels.Select(l => l.TextContent));
        Assert.Equal(bar.QuerySelectorAll(".band rect").Skip(1).Select(r => r.GetAttribute("x")), labels.Select(l => l.GetAttribute("x")));
    }

    [Fact]
    public void Title_description_and_table_say_what_the_picture_shows()
    {
        var bar = Render(0.0731);
        var svg = bar.QuerySelector("svg[role=img]")!;
        var named = svg.GetAttribute("aria-labelledby")!.Split(' ').Select(id => bar.QuerySelector($"#{id}")!.TextContent).ToList();
        Assert.Contains("limits", named[0]);
        Assert.Contains("7.3\u00a0%, in the refer band", named[1]);
        Assert.Contains("7.31\u00a0%", bar.QuerySelector("details table")!.TextContent);
    }

    [Theory]
    [InlineData(0.02, 0.08, true)]
    [InlineData(0.005, 0.01, true)]
    [InlineData(0.3, 0.6, false)]
    public void Low_bands_get_a_logarithmic_scale_and_high_ones_a_linear(double approveBelow, double declineFrom, bool logarithmic)
    {
        var scale = new BandScale(new Thresholds(approveBelow, declineFrom));
        Assert.Equal(logarithmic, scale.IsLogarithmic);
        Assert.True(scale.Approve >= 20, "the approve band is wide enough for its name");
        Assert.True(scale.Decline > scale.Approve);
        Assert.Equal(0, scale.Position(0));
        Assert.Equal(100, scale.Position(1));
    }

    [Fact]
    public void Limits_at_the_very_ends_leave_their_bands_out()
    {
        var bar = Render(0.5, new Thresholds(0, 1));
        Assert.Equal("Refer", bar.QuerySelectorAll(".band text").Single().TextContent);
    }

    [Theory]
    [InlineData(0.02, 0.08)]
    [InlineData(0.02, 0.021)]
    [InlineData(0.0001, 0.0002)]
    [InlineData(0.3, 0.31)]
    [InlineData(0.9, 0.99)]
    [InlineData(0.001, 0.999)]
    public void No_word_reaches_over_its_band_and_no_number_over_another_even_on_a_phone(double approveBelow, double declineFrom)
    {
        const double Phone = 280, LetterWidth = 7;
        var bar = Render(0.05, new Thresholds(approveBelow, declineFrom));
        foreach (var band in bar.QuerySelectorAll(".band.roomy"))
        {
            Assert.True(
                Percent(
                    band.QuerySelector("rect")!, "width") / 100 * Phone >= band.QuerySelector("text")!.TextContent.Length * LetterWidth);
        }

        var numbers = bar.QuerySelectorAll("text.tick-label").Select(n =>
        {
            var (x, width) = (Percent(n, "x") / 100 * Phone, n.TextContent.Length * 6.0);
            return (
                Left: x - (n.GetAttribute("text-anchor") switch { "end" => width, "middle" => width / 2, _ => 0 }),
                Width: width,
                Y: n.GetAttribute("y"));
        }).ToArray();
        Assert.All(
            numbers,
            one =>
                Assert.DoesNotContain(
                    numbers,
                    other => other != one && other.Y == one.Y && other.Left < one.Left + one.Width && other.Left + other.Width > one.Left));
        Assert.Equal(2, bar.QuerySelectorAll("text.limit").Length);
    }

    [Fact]
    public void Nothing_needs_an_inline_style() => Assert.Empty(Render(0.05).QuerySelectorAll("[style]"));

    private static IElement Render(double probability, Thresholds? limits = null)
    {
        using var context = new BunitContext();
        return (IElement)context.Render<BandBar>(bar => bar.Add(b => b.Probability, probability).Add(b => b.Thresholds, limits ?? Limits))
            .Find("figure")
            .Clone();
    }

    private static double Percent(IElement element, string attribute) =>
        double.Parse(element.GetAttribute(attribute)!.TrimEnd('%'), CultureInfo.InvariantCulture);
}
