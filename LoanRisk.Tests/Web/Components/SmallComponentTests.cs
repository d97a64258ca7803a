using AngleSharp.Dom;
using Bunit;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Components;
using LoanRisk.Web.Forms;

namespace LoanRisk.Tests.Web.Components;

public sealed class SmallComponentTests
{
    [Fact]
    public void Each_outcome_has_a_word_and_a_shape_of_its_own()
    {
        var badges = Enum.GetValues<Outcome>().Select(outcome => Render<DecisionBadge>(b => b.Add(x => x.Outcome, outcome))).ToList();
        Assert.Equal(["Approve", "Refer", "Decline"], badges.Select(b => b.TextContent.Trim()));
        Assert.Equal(3, badges.Select(b => b.QuerySelector(".shape")!.OuterHtml).Distinct().Count());
        Assert.All(badges, b => Assert.Equal("true", b.QuerySelector("svg")!.GetAttribute("aria-hidden")));
    }

    [Fact]
    public void An_outcome_is_called_what_the_product_calls_it_and_keeps_its_colour()
    {
        var badge = Render<DecisionBadge>(
            b => b.Add(x => x.Outcome, Outcome.Decline).Add(x => x.Words, new PolicyText("No action", "Call", "Retention plan")));
        Assert.Equal("Retention plan", badge.TextContent.Trim());
        Assert.Contains("decline", badge.ClassList);
    }

    [Fact]
    public void Reasons_stand_in_their_order_below_what_they_have_in_common()
    {
        var list = Render<ReasonList>(l => l.Add(x => x.Heading, "Against").Add(x => x.Reasons, ["The rate <b>", "The grade"]));
        Assert.Equal("Against", list.QuerySelector("h3")!.TextContent);
        Assert.Equal(["The rate <b>", "The grade"], list.QuerySelectorAll("ol > li").Select(li => li.TextContent));
    }

    [Fact]
    public void Of_many_problems_the_first_twenty_are_listed_and_the_others_counted()
    {
        var summary = Render<ProblemSummary>(
            s =>
                s.Add(x => x.Product, PeerLoan.Product).Add(
                    x => x.Problems,
                    [.. Enumerable.Range(1, 256).Select(i => new FieldProblem($"f{i}", FieldProblemKind.UnknownField, $"Problem {i}."))]));

        Assert.Equal("256 fields need your attention", summary.QuerySelector("h2")!.TextContent);
        Assert.Equal(
            [.. Enumerable.Range(1, 20).Select(i => $"Problem {i}."), "and 236 more."],
            summary.QuerySelectorAll("li").Select(li => li.TextContent.Trim()));
    }

    [Fact]
    public void A_moment_shows_day_and_time_with_the_zone_and_the_seconds_in_the_title()
    {
        var moment = Render<Moment>(m => m.Add(x => x.At, new DateTimeOffset(2026, 11, 21, 8, 5, 9, TimeSpan.FromHours(2))));
        Assert.Equal("21 Nov 2026, 06:05 UTC", moment.TextContent);
        Assert.Equal("21 Nov 2026, 06:05:09 UTC", moment.GetAttribute("title"));
        Assert.Equal("2026-11-21T06:05:09Z", moment.GetAttribute("datetime"));
    }

    [Fact]
    public void A_problem_stands_by_its_field_and_the_text_is_kept()
    {
        var field = Field("annual_inc", "plenty", "Enter the yearly income.");
        var input = field.QuerySelector("input")!;
        Assert.Equal("plenty", input.GetAttribute("value"));
        Assert.Equal("true", input.GetAttribute("aria-invalid"));
        Assert.Equal("annual_inc-error annual_inc-unit annual_inc-help annual_inc-range", input.GetAttribute("aria-describedby"));
        Assert.Contains("Enter the yearly income.", field.QuerySelector("#annual_inc-error")!.TextContent);
    }

    [Fact]
    public void A_level_that_is_in_no_list_is_offered_all_the_same()
    {
        var chosen = Field("purpose", "wedding").QuerySelectorAll("option").Single(o => o.HasAttribute("selected"));
        Assert.Equal(("wedding", "wedding (not in the list)"), (chosen.GetAttribute("value"), chosen.TextContent));
    }

    [Theory]
    [InlineData("emp_length", false)]
    [InlineData("revol_util", false)]
    [InlineData("dti", true)]
    public void Only_what_may_not_be_missing_is_required(string name, bool required) =>
        Assert.Equal(required, Field(name, "").QuerySelector("input, select")!.HasAttribute("required"));

    [Fact]
    public void The_summary_links_to_the_fields_and_names_what_has_none()
    {
        FieldProblem[] problems =
        [
            new("dti", FieldProblemKind.Required, "Enter it."), new("shoe_size", FieldProblemKind.UnknownField, "There is no shoe_size."),
        ];
        var summary = Render<ProblemSummary>(s => s.Add(x => x.Product, PeerLoan.Product).Add(x => x.Problems, problems));
        Assert.Equal("alert", summary.GetAttribute("role"));
        Assert.Equal(["#dti"], summary.QuerySelectorAll("a").Select(a => a.GetAttribute("href")));
        Assert.Equal(
            ["Debt-to-income ratio: Enter it.", "There is no shoe_size."],
            summary.QuerySelectorAll("li").Select(li => li.TextContent.Trim()));
    }

    private static IElement Field(string name, string text, string? problem = null) =>
        Render<ApplicationField>(f => f.Add(x => x.Field, new FormField(PeerLoan.Product, PeerLoan.Product.Find(name)!, text, problem)));

    private static IElement Render<T>(Action<ComponentParameterCollectionBuilder<T>> parameters)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        using var context = new BunitContext();
        return (IElement)context.Render(parameters).Nodes.OfType<IElement>().Single().Clone();
    }
}
