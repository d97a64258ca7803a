using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Web.Pages;

public sealed class ApplyTests(TrialSite site) : IClassFixture<TrialSite>
{
    private static readonly LoanProduct Product = PeerLoan.Product;

    [Theory]
    [InlineData("/")]
    [InlineData("/apply/peerloan")]
    public async Task The_form_has_every_field_of_the_product_file_in_its_order_and_under_its_headings(string address)
    {
        var page = await site.Open().GetAsync(address);

        var fieldsets = page.QuerySelectorAll("form.application fieldset");
        Assert.Equal(Product.Groups.Select(g => g.Label), fieldsets.Select(f => f.QuerySelector("legend")!.TextContent));
        foreach (var (fieldset, group) in fieldsets.Zip(Product.Groups))
        {
            Assert.Equal(
                Product.Features.Where(f => f.Group == group.Id).Select(f => f.Name),
                fieldset.QuerySelectorAll("input[name], select[name]").Select(f => f.GetAttribute("name")));
        }
    }

    [Fact]
    public async Task Each_field_has_its_label_help_and_range_for_those_who_hear_them()
    {
        var page = await site.Open().GetAsync("/");

        foreach (var feature in Product.Features)
        {
            var control = page.GetElementById(feature.Name)!;
            Assert.Equal(feature.Label, page.QuerySelector($"label[for={feature.Name}]")!.TextContent);
            var described = control.GetAttribute("aria-describedby")!.Split(' ');
            Assert.Equal(feature.Help, page.GetElementById($"{feature.Name}-help")!.TextContent);
            Assert.All(described, id => Assert.NotNull(page.GetElementById(id)));
            Assert.Contains($"{feature.Name}-help", described);
            Assert.Equal(feature.HasLevels, !described.Contains($"{feature.Name}-range"));
            Assert.Null(control.GetAttribute("aria-invalid"));
        }
    }

    [Fact]
    public async Task Amounts_stand_after_the_currency_and_fractions_before_percent()
    {
        var page = await site.Open().GetAsync("/");

        Assert.Equal("$", page.GetElementById("loan_amnt-unit")!.TextContent);
        Assert.Equal("%", page.GetElementById("int_rate-unit")!.TextContent);
        Assert.Equal("numeric", page.GetElementById("loan_amnt")!.GetAttribute("inputmode"));
        Assert.Equal("decimal", page.GetElementById("int_rate")!.GetAttribute("inputmode"));
        Assert.Equal("0\u00a0% to 60\u00a0%", page.GetElementById("int_rate-range")!.TextContent);
    }

    [Fact]
    public async Task Lists_keep_the_order_of_the_product_file_after_an_empty_choice()
    {
        var page = await site.Open().GetAsync("/");

        var grade = (IHtmlSelectElement)page.GetElementById("grade")!;
        Assert.Equal(Product.Find("grade")!.Levels.Select(l => l.Value).Prepend(""), grade.Options.Select(o => o.Value));
        Assert.Equal("Choose…", grade.Options[0].Text);
        Assert.Equal("Not known", ((IHtmlSelectElement)page.GetElementById("emp_length")!).Options[0].Text);
    }

    [Fact]
    public async Task What_will_be_decided_and_by_which_model_stands_beside_the_form()
    {
        var page = await site.Open().GetAsync("/");

        var beside = page.QuerySelector("aside")!.TextContent;
        Assert.Contains("16 to 120 days late", beside);
        Assert.Contains("below 2.0\u00a0%", beside);
        Assert.Contains("8.0\u00a0% or more", beside);
        Assert.Contains("20 Nov 2026", beside);
        Assert.All(Product.Policy.KnockOuts, rule => Assert.Contains(rule.Reason, beside));
    }

    [Fact]
    public async Task An_example_fills_every_field_in_the_spelling_of_the_screen()
    {
        var browser = site.Open();
        var page = await browser.GetAsync("/");
        var button = page.QuerySelectorAll<IHtmlButtonElement>("form.examples button").ElementAt(1);
        Assert.Equal(Product.Examples[1].Label, button.TextContent);

        page = await browser.GetAsync($"/apply/peerloan?{button.Name}={button.Value}");

        Assert.Equal("26.77", Field(page, "int_rate"));
        Assert.Equal("24000", Field(page, "loan_amnt"));
        Assert.Equal("< 1 year", Field(page, "emp_length"));
        Assert.All(Product.Features, feature => Assert.NotEqual("", Field(page, feature.Name)));
    }

    [Theory]
    [InlineData("99")]
    [InlineData("-1")]
    [InlineData("x")]
    public async Task An_example_that_is_not_there_leaves_the_form_empty(string example)
    {
        var browser = site.Open();
        var page = await browser.GetAsync($"/?example={example}");

        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);
        Assert.All(Product.Features, feature => Assert.Equal("", Field(page, feature.Name)));
    }

    [Fact]
    public async Task A_sent_form_leads_to_its_stored_decision()
    {
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        await browser.SendAsync();

        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
        Assert.Matches("^/decisions/[a-z0-9]{36}$", browser.Answer.Headers.Location!.ToString());
        await browser.FollowAsync();
        Assert.Equal(HttpStatusCode.OK, browser.Answer.StatusCode);
    }

    [Fact]
    public async Task Mistakes_stand_by_their_fields_and_in_a_summary_that_leads_to_them()
    {
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        var page = await browser.SendAsync(("annual_inc", "plenty"), ("grade", ""), ("dti", "16.25"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.StartsWith("Error: ", page.Title);
        Assert.Equal(["#grade", "#annual_inc"], page.QuerySelectorAll(".problem-summary a").Select(a => a.GetAttribute("href")));
        Assert.Equal("2 fields need your attention", page.QuerySelector(".problem-summary h2")!.TextContent);
        var income = page.GetElementById("annual_inc")!;
        Assert.Equal("true", income.GetAttribute("aria-invalid"));
        Assert.StartsWith("annual_inc-error ", income.GetAttribute("aria-describedby"));
        Assert.Contains("for example 42000", page.GetElementById("annual_inc-error")!.TextContent);
        Assert.Null(page.GetElementById("dti-error"));
    }

    [Fact]
    public async Task What_was_typed_is_kept_when_the_form_is_refused()
    {
        var browser = site.Open();
        await browser.GetAsync("/?example=1");
        var page = await browser.SendAsync(("annual_inc", "$34,000 or so"), ("int_rate", "26.770"));

        Assert.Equal("$34,000 or so", Field(page, "annual_inc"));
        Assert.Equal("26.770", Field(page, "int_rate"));
        Assert.Equal("small_business", Field(page, "purpose"));

        await browser.SendAsync(("annual_inc", "34,000"));
        Assert.Equal(HttpStatusCode.Redirect, browser.Answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_field_is_named_and_not_ignored()
    {
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        var page = await browser.SendAsync(("shoe_size", "44"));

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.Contains("shoe_size", page.QuerySelector(".problem-summary")!.TextContent);
    }

    [Fact]
    public async Task Hostile_text_comes_back_as_text()
    {
        const string Hostile = "\"><script>alert(1)</script>";
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        var page = await browser.SendAsync(("annual_inc", Hostile), ("purpose", Hostile), (Hostile, Hostile));

        Assert.Equal(Hostile, Field(page, "annual_inc"));
        Assert.All(page.Scripts, script => Assert.NotNull(script.Source));
    }

    [Fact]
    public async Task A_form_without_its_token_is_refused_with_a_page_that_says_what_to_do()
    {
        var browser = site.Open();
        var page = await browser.PostAsync("/apply/peerloan", Product.Examples[0].Values);

        Assert.Equal(HttpStatusCode.BadRequest, browser.Answer.StatusCode);
        Assert.Contains("Open the page again", page.QuerySelector("main")!.TextContent);
        Assert.Equal("/apply/peerloan", page.QuerySelector(".btn-primary")!.GetAttribute("href"));
    }

    [Fact]
    public async Task An_unknown_product_has_no_form()
    {
        var browser = site.Open();
        await browser.GetAsync("/apply/yachtloan");
        Assert.Equal(HttpStatusCode.NotFound, browser.Answer.StatusCode);
    }

    [Fact]
    public async Task A_form_that_holds_personal_data_is_stored_by_no_cache()
    {
        var browser = site.Open();
        await browser.GetAsync("/?example=0");
        Assert.True(browser.Answer.Headers.CacheControl!.NoStore);
        Assert.DoesNotContain("unsafe-inline", browser.Answer.Headers.GetValues("Content-Security-Policy").Single());
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/decisions")]
    [InlineData("/error/404")]
    public async Task No_page_holds_an_inline_style_or_script_that_the_policy_would_block(string address)
    {
        var page = await site.Open().GetAsync(address);
        Assert.Empty(page.QuerySelectorAll("[style], style, script:not([src]), [onclick]"));
    }

    private static string Field(IHtmlDocument page, string name) => page.GetElementById(name) switch
    {
        IHtmlSelectElement select => select.Value ?? "",
        IHtmlInputElement input => input.Value,
        _ => throw new InvalidOperationException($"no field {name}"),
    };
}
