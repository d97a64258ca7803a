using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace LoanRisk.BrowserTests;

/// <summary>An officer with a decision.</summary>
public sealed partial class DecisionTests(BrowserFixture browser)
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task The_answer_is_in_the_first_screen_without_scrolling(int example)
    {
        await using var requester = await browser.VisitAsync();
        await requester.DecideAsync(example);
        foreach (var part in new[] { "h1", ".percent", ".frequency", ".band-bar > svg", ".reason-chart rect.bar >> nth=0", ".actions" })
        {
            var box = await requester.Page.Locator(part).BoundingBoxAsync();
            Assert.True(box is { Y: >= 0 } && box.Y + box.Height <= 800, $"{part} lies at {box?.Y} to {box?.Y + box?.Height}");
        }
    }

    [Fact]
    public async Task The_marker_stands_in_the_band_that_stands_out()
    {
        await using var requester = await browser.VisitAsync(Screen.Phone);
        await requester.DecideAsync(1);
        var marker = await requester.Page.Locator("path.marker").BoundingBoxAsync();
        var band = await requester.Page.Locator(".band.holding rect").BoundingBoxAsync();
        Assert.InRange(marker!.X + (marker.Width / 2), band!.X - 1, band.X + band.Width + 1);
    }

    [Theory]
    [InlineData("decision, likely on time")]
    [InlineData("decision, likely late")]
    [InlineData("decision, declined by rules with warnings")]
    [InlineData("decision, long names")]
    public async Task It_prints_on_one_page(string state)
    {
        await using var requester = await browser.VisitAsync();
        await PageState.Of(state).ReachAsync(requester);
        foreach (var format in new[] { "A4", "Letter" })
        {
            var pdf = await requester.Page.PdfAsync(new PagePdfOptions { Format = format });
            Assert.Single(PdfPage().Matches(Encoding.Latin1.GetString(pdf)));
        }
    }

    [Fact]
    public async Task Script_adds_a_button_that_copies_the_id_and_one_that_prints()
    {
        await using var requester = await browser.VisitAsync();
        await requester.DecideAsync(0);
        await requester.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await requester.Page.GetByRole(AriaRole.Button, new() { Name = "Copy" }).ClickAsync();
        await Assertions.Expect(requester.Page.GetByRole(AriaRole.Button, new() { Name = "Copied" })).ToBeVisibleAsync();
        Assert.EndsWith(await requester.Page.EvaluateAsync<string>("navigator.clipboard.readText()"), requester.Page.Url);

        await requester.Page.EvaluateAsync("window.print = () => { window.printed = true; }");
        await requester.Page.GetByRole(AriaRole.Button, new() { Name = "Print" }).ClickAsync();
        Assert.True(await requester.Page.EvaluateAsync<bool>("window.printed === true"));
    }

    [Fact]
    public async Task Without_script_no_button_is_offered_that_would_do_nothing()
    {
        await using var requester = await browser.VisitAsync(script: false);
        await requester.DecideAsync(0);
        await Assertions.Expect(requester.Page.Locator("[data-action=print]")).ToBeHiddenAsync();
        await Assertions.Expect(requester.Page.Locator("[data-action=copy]")).ToBeHiddenAsync();
    }

    [Theory]
    [InlineData(Screen.Desktop)]
    [InlineData(Screen.Phone)]
    public async Task A_decision_is_found_in_the_list_by_the_start_of_its_id(Screen screen)
    {
        await using var requester = await browser.VisitAsync(screen);
        var page = requester.Page;
        await requester.DecideAsync(0);
        var id = page.Url.Split('/')[^1];

        await requester.FollowAsync(page.GetByRole(AriaRole.Link, new() { Name = "Decisions", Exact = true }).First);
        await page.GetByLabel("Start of an id, or reference").FillAsync(id[..12]);
        await page.Keyboard.PressAsync("Enter");
        var lines = page.Locator(".decisions tbody tr");
        await Assertions.Expect(lines).ToHaveCountAsync(1);
        await lines.First.ClickAsync(new() { Position = new() { X = 20, Y = 10 } }); // anywhere on the line
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"/decisions/{id}$", RegexOptions.None, TimeSpan.FromSeconds(1)));
    }

    [GeneratedRegex(@"/Type\s*/Page\b(?!s)", RegexOptions.None, 1000)]
    private static partial Regex PdfPage();
}
