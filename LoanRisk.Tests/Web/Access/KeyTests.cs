using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LoanRisk.Store;
using LoanRisk.Store.People;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Access;

namespace LoanRisk.Tests.Web.Access;

/// <summary>How programs are let in, and why they are not.</summary>
[Slow]
public sealed class KeyTests(AccessSite site) : IClassFixture<AccessSite>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bearer_and_Basic_both_show_a_key()
    {
        var (key, secret) = Make(["score"]);
        var basic = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.Id}:{secret.Reveal()[^43..]}"));

        Assert.Equal(HttpStatusCode.OK, await AskAsync(new AuthenticationHeaderValue("Bearer", secret.Reveal())));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(new AuthenticationHeaderValue("bearer", secret.Reveal())));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(new AuthenticationHeaderValue("Basic", basic)));
    }

    [Theory]
    [InlineData("Bearer", "")]
    [InlineData("Bearer", "lr_0123456789abcdef_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic", "not base64")]
    [InlineData("Basic", "YTpi")]
    [InlineData("Digest", "username=x")]
    public async Task What_is_no_key_is_refused_with_both_challenges(string scheme, string parameter)
    {
        using var client = site.Site.CreateStranger();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{scheme} {parameter}");

        using var answer = await client.GetAsync("/api/v1/products", Stop);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(["Bearer", "Basic"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
    }

    [Fact]
    public async Task A_wrong_secret_of_a_key_that_there_is_is_told_as_one_that_there_is_not()
    {
        var (key, _) = Make(["score"]);
        using var client = site.Site.CreateStranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", $"lr_{key.Id}_{new string('A', 43)}");

        var problem = await client.GetAsync("/api/v1/products", Stop).Problem(HttpStatusCode.Unauthorized);

        Assert.Equal("This key is not known here.", (string)problem["detail"]!);
    }

    [Fact]
    public async Task A_key_that_was_revoked_or_has_expired_says_so()
    {
        var (revoked, secret) = Make(["score"]);
        var (_, soon) = Make(["score"], DateTimeOffset.UtcNow.AddMilliseconds(300));
        Keys.Revoke(revoked.Id, "test", DateTimeOffset.UtcNow);
        site.Site.Service<KeyRing>().Look();
        await Task.Delay(400, Stop);

        Assert.Contains("was revoked", await RefusalAsync(secret));
        Assert.Contains("has expired", await RefusalAsync(soon));
    }

    [Fact]
    public async Task Another_program_s_revocation_and_its_new_keys_are_known_within_five_seconds()
    {
        site.Site.CreateClient();
        var elsewhere = ApiKeys.Open(new DataFolder(site.Site.Data, "test"));
        var (key, secret) = elsewhere.Create(new ApiKeys.WantedKey("elsewhere", ["score"]), ("test", DateTimeOffset.UtcNow));
        var shown = new AuthenticationHeaderValue("Bearer", secret.Reveal());
        await UntilAsync(HttpStatusCode.OK, shown);

        elsewhere.Revoke(key.Id, "test", DateTimeOffset.UtcNow);

        await UntilAsync(HttpStatusCode.Unauthorized, shown);
    }

    [Fact]
    public async Task A_key_in_an_address_is_refused_even_beside_a_good_one()
    {
        var (_, secret) = Make(["score"]);
        using var client = site.Program(["score"]);

        var problem = await client.GetAsync($"/api/v1/products?access_token={secret.Reveal()}", Stop).Problem(HttpStatusCode.BadRequest);

        Assert.Contains("have this one revoked", (string)problem["detail"]!);
        Assert.DoesNotContain(secret.Reveal(), $"{problem}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_last_use_is_written_down_when_the_site_stops()
    {
        using var folder = new TemporaryFolder();
        string id;
        await using (var own = new LoanRiskSite { Data = folder["data"] })
        {
            using var client = own.CreateClient();
            using var answer = await client.GetAsync("/api/v1/products", Stop);
            id = client.DefaultRequestHeaders.Authorization!.Parameter![3..19];
            await own.Service<KeyRing>().StopAsync(Stop);
        }

        var key = ApiKeys.Open(new DataFolder(folder["data"], "test")).All().Single(each => each.Id == id);
        Assert.NotNull(key.LastUsedAt);
    }

    [Fact]
    public async Task A_caller_is_counted_by_its_key_and_not_by_its_address()
    {
        await using var limited = new LoanRiskSite { Settings = { ["LoanRisk:RequestsPerMinute"] = "3" } };
        using var one = limited.CreateStranger();
        using var other = limited.CreateStranger();
        one.DefaultRequestHeaders.Authorization = SiteAccess.Key(limited.Services, ["score"]);
        other.DefaultRequestHeaders.Authorization = SiteAccess.Key(limited.Services, ["score"]);
        for (var i = 0; i < 3; i++)
        {
            using var answer = await one.GetAsync("/api/v1/products", Stop);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        using var refused = await one.GetAsync("/api/v1/products", Stop);
        using var allowed = await other.GetAsync("/api/v1/products", Stop);

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, allowed.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private ApiKeys Keys => site.Site.Service<ApiKeys>();

    private (ApiKey Key, KeySecret Secret) Make(string[] scopes, DateTimeOffset? expires = null)
    {
        var made = Keys.Create(new ApiKeys.WantedKey("test", scopes, null, expires), ("test", DateTimeOffset.UtcNow));
        site.Site.Service<KeyRing>().Look();
        return made;
    }

    private async Task<HttpStatusCode> AskAsync(AuthenticationHeaderValue shown)
    {
        using var client = site.Site.CreateStranger();
        client.DefaultRequestHeaders.Authorization = shown;
        using var answer = await client.GetAsync("/api/v1/products", Stop);
        return answer.StatusCode;
    }

    private async Task<string> RefusalAsync(KeySecret secret)
    {
        using var client = site.Site.CreateStranger();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret.Reveal());
        return (string)(await client.GetAsync("/api/v1/products", Stop).Problem(HttpStatusCode.Unauthorized))["detail"]!;
    }

    private async Task UntilAsync(HttpStatusCode wanted, AuthenticationHeaderValue shown)
    {
        var until = DateTime.UtcNow.AddSeconds(30); // long, for a busy machine; the promise is five
        while (await AskAsync(shown) != wanted)
        {
            Assert.True(DateTime.UtcNow < until, $"still not {wanted}");
            await Task.Delay(100, Stop);
        }
    }
}
