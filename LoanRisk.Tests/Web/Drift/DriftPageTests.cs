using System.Net;

namespace LoanRisk.Tests.Web.Drift;

/// <summary>The page <c>/drift</c>.</summary>
[Slow]
public sealed class DriftPageTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Before_the_first_window_is_over_it_says_what_will_be_here()
    {
        await using var site = new DriftSite();
        await site.DecideAsync(3);

        var page = await site.Client.GetStringAsync("/drift?product=peerloan", Stop);

        Assert.Contains("No window is over yet.", page);
        Assert.Contains("3 decisions in the window that is not over.", page);
        Assert.Contains("50 decisions at a time.", page);
        Assert.Matches("<a href=\"/drift\\?product=peerloan\" aria-current=\"page\">", page);
    }

    [Fact]
    public async Task Windows_are_shown_with_what_has_drifted_and_their_history()
    {
        await using var site = new DriftSite();
        await site.DecideAsync(DriftSite.Window);
        var first = await site.Client.GetStringAsync("/drift", Stop);
        await site.DecideAsync(DriftSite.Window, rate: 0.25);

        var second = await site.Client.GetStringAsync("/drift", Stop);

        Assert.Contains("What has drifted", first);
        Assert.DoesNotContain("Window by window", first);
        Assert.Contains("What it does to decisions", second);
        Assert.Contains("Window by window", second);
        Assert.Contains("Interest rate: how are the values spread?", second);
        Assert.DoesNotContain(" style=", second);
    }

    [Fact]
    public async Task An_unknown_product_is_not_found_and_a_model_that_cannot_be_watched_says_so()
    {
        await using var site = new LoanRiskSite();
        using var client = site.CreateClient();

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/drift?product=nosuch", Stop)).StatusCode);
        Assert.Contains("does not say how the rows of its training were distributed", await client.GetStringAsync("/drift", Stop));
    }
}
