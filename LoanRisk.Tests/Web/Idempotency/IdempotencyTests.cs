using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web.Api;
using LoanRisk.Web.Idempotency;

namespace LoanRisk.Tests.Web.Idempotency;

[Slow]
public sealed class IdempotencyTests : IAsyncDisposable
{
    private const string Predict = "/api/predict";

    private readonly OpenSite _open = new();

    private readonly HttpClient _client;

    public IdempotencyTests() => _client = _open.Site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _open.DisposeAsync();

    [Theory]
    [InlineData("key-1", "key-1")]
    [InlineData("\"key-1\"", "key-1")]
    public async Task The_same_request_under_its_key_gets_the_same_bytes_and_is_done_once(string key, string again)
    {
        var body = ApiCalls.Applicant().ToJsonString();

        using var first = await Send(Predict, body, key);
        using var second = await Send(Predict, body, again);

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.StatusCode, second.StatusCode));
        Assert.Equal(await Bytes(first), await Bytes(second));
        Assert.Equal(first.Content.Headers.ContentType, second.Content.Headers.ContentType);
        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal(["true"], second.Headers.GetValues("Idempotent-Replayed"));
        Assert.Equal(["nosniff"], second.Headers.GetValues("X-Content-Type-Options"));
        Assert.Single(await Stored());
    }

    [Fact]
    public async Task An_answer_under_a_key_is_byte_for_byte_what_it_would_be_without()
    {
        var body = ApiCalls.Applicant().ToJsonString();

        var keyed = JsonNode.Parse(await Bytes(await Send($"{Predict}?explain=true", body, "k")))!;
        var plain = JsonNode.Parse(await Bytes(await _client.PostText($"{Predict}?explain=true", body)))!;

        plain["decisionId"] = keyed["decisionId"]!.DeepClone();
        Assert.Equal(plain.ToJsonString(), keyed.ToJsonString());
    }

    [Fact]
    public async Task A_key_that_belongs_to_another_body_or_address_is_refused()
    {
        var body = ApiCalls.Applicant().ToJsonString();
        (await Send(Predict, body, "k")).Dispose();

        var otherBody = await Send(Predict, body + " ", "k").Problem(HttpStatusCode.UnprocessableEntity);
        await Send($"{Predict}?explain=true", body, "k").Problem(HttpStatusCode.UnprocessableEntity);
        await Send("/api/products/peerloan/predict", body, "k").Problem(HttpStatusCode.UnprocessableEntity);

        Assert.Contains("belongs to another request", (string)otherBody["detail"]!);
        Assert.Single(await Stored());
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("two words")]
    [InlineData("schlüssel")]
    public async Task A_key_that_is_none_is_refused(string key)
    {
        var problem = await Send(Predict, ApiCalls.Applicant().ToJsonString(), key).Problem(HttpStatusCode.BadRequest);

        Assert.Contains("1 to 255 visible ASCII characters", (string)problem["detail"]!);
        Assert.Empty(await Stored());
    }

    [Fact]
    public async Task A_key_of_256_characters_or_two_keys_are_refused()
    {
        await Send(Predict, ApiCalls.Applicant().ToJsonString(), new string('k', 256)).Problem(HttpStatusCode.BadRequest);
        await Send(Predict, ApiCalls.Applicant().ToJsonString(), "a", "b").Problem(HttpStatusCode.BadRequest);
        using var longest = await Send(Predict, ApiCalls.Applicant().ToJsonString(), new string('k', 255));

        Assert.Equal(HttpStatusCode.OK, longest.StatusCode);
    }

    [Fact]
    public async Task What_was_refused_can_be_mended_and_sent_under_its_key()
    {
        await Send(Predict, ApiCalls.Applicant(("dti", "much")).ToJsonString(), "k").Problem(HttpStatusCode.BadRequest);
        using var mended = await Send(Predict, ApiCalls.Applicant().ToJsonString(), "k");

        Assert.Equal(HttpStatusCode.OK, mended.StatusCode);
        Assert.Single(await Stored());
    }

    [Fact]
    public async Task A_batch_is_done_once_with_its_wrong_rows()
    {
        var batch = new JsonArray(ApiCalls.Applicant(), ApiCalls.Applicant(("dti", "much")), 5, ApiCalls.Applicant()).ToJsonString();

        var first = await Bytes(await Send("/api/products/peerloan/predict/batch", batch, "k"));
        var second = await Bytes(await Send("/api/products/peerloan/predict/batch", batch, "k"));

        Assert.Equal(first, second);
        Assert.Equal([200, 400, 400, 200], JsonNode.Parse(first)!.AsArray().Select(row => (int)row!["status"]!));
        Assert.Equal(2, (await Stored()).Count);
    }

    [Fact]
    public async Task An_outcome_is_reported_once()
    {
        var id = (string)(await _client.PostJson(Predict, ApiCalls.Applicant()).Answer())["decisionId"]!;
        var report = $$"""{"bad": true, "observedOn": "{{DateTime.UtcNow:yyyy-MM-dd}}", "source": "ledger"}""";

        var first = await Bytes(await Send($"/api/v1/decisions/{id}/outcome", report, "k"));
        var second = await Bytes(await Send($"/api/v1/decisions/{id}/outcome", report, "k"));

        Assert.Equal(first, second);
        Assert.Contains("\"receivedAt\"", Encoding.UTF8.GetString(first));
    }

    [Fact]
    public async Task Of_many_equal_requests_at_once_one_is_done_and_the_others_are_told_to_wait_or_get_its_answer()
    {
        for (var round = 0; round < 5; round++)
        {
            var body = ApiCalls.Applicant().ToJsonString();
            var answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Send(Predict, body, $"round{round}")));

            Assert.All(answers, answer => Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict }));
            var done = await Task.WhenAll(answers.Where(answer => answer.StatusCode == HttpStatusCode.OK).Select(Bytes));
            Assert.All(done, bytes => Assert.Equal(done[0], bytes));
            Assert.All(
                answers.Where(answer => answer.StatusCode == HttpStatusCode.Conflict),
                answer => Assert.Equal(TimeSpan.FromSeconds(1), answer.Headers.RetryAfter!.Delta));
            Assert.Equal(round + 1, (await Stored()).Count);
        }
    }

    [Fact]
    public async Task A_request_whose_body_is_still_on_its_way_holds_its_key()
    {
        var rest = new TaskCompletionSource<string>();
        var batch = new JsonArray([.. Enumerable.Range(0, 500).Select(_ => (JsonNode)ApiCalls.Applicant())]).ToJsonString();
        using var request = Keyed("/api/products/peerloan/predict/batch", new SlowText(batch, rest.Task), "k");
        using var sending = _open.Site.CreateClient(new() { AllowAutoRedirect = false }); // one that follows redirects sends no part
        var first = sending.SendAsync(request, Stop);

        var underWay = _open.Site.Service<RequestsUnderWay>();
        Assert.True(SpinWait.SpinUntil(() => underWay.Has(new RequestKey(_open.Site.KeyName, "k")), TimeSpan.FromSeconds(30)));
        using var meanwhile = await Send("/api/products/peerloan/predict/batch", "[1]", "k");
        rest.SetResult("");

        Assert.Equal(HttpStatusCode.Conflict, meanwhile.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        Assert.Equal(500, (await Stored(600)).Count);
    }

    [Fact]
    public async Task After_a_restart_the_answer_is_given_again()
    {
        using var folder = new TemporaryFolder();
        var body = ApiCalls.Applicant().ToJsonString();
        byte[] first;
        AuthenticationHeaderValue? key;
        await using (var site = new LoanRiskSite { Data = folder["data"] })
        {
            using var client = site.CreateClient();
            key = client.DefaultRequestHeaders.Authorization;
            first = await Bytes(await client.SendAsync(Keyed(Predict, new StringContent(body), "k"), Stop));
        }

        await using var restarted = new LoanRiskSite { Data = folder["data"] };
        using var later = restarted.CreateClient();
        later.DefaultRequestHeaders.Authorization = key;
        using var again = await later.SendAsync(Keyed(Predict, new StringContent(body), "k"), Stop);

        Assert.Equal(first, await Bytes(again));
        Assert.True(again.Headers.Contains("Idempotent-Replayed"));
    }

    [Fact]
    public async Task A_file_longer_than_memory_should_hold_is_known_by_its_key()
    {
        var file = string.Join('\n', [.. SyntheticLoans.Lines(seed: 3, rows: 20_000)]);
        Assert.True(file.Length > 1024 * 1024);

        var first = await Bytes(await Upload(file));
        using var second = await Upload(file);
        using var other = await Upload(file + "\n");

        Assert.Equal(first, await Bytes(second));
        Assert.Contains("\"joined\"", Encoding.UTF8.GetString(first));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.StatusCode);

        Task<HttpResponseMessage> Upload(string text)
        {
            var request = Keyed("/api/v1/products/peerloan/data", new StringContent(text), "file");
            request.Content!.Headers.ContentType = new("text/csv");
            return _client.SendAsync(request, Stop);
        }
    }

    [Fact]
    public async Task A_reference_is_kept_with_the_decision_and_told_in_every_answer()
    {
        var answer = await _client.PostJson(Predict, ApiCalls.Applicant(("reference", "Loan 4711"))).Answer();
        var number = await _client.PostJson(Predict, ApiCalls.Applicant(("reference", 4711))).Answer();
        var stored = await _client.GetAsync($"/api/v1/decisions/{answer["decisionId"]}", Stop).Answer();
        var rows = new JsonArray(ApiCalls.Applicant(("reference", "row 1")), ApiCalls.Applicant(), ApiCalls.Applicant(("reference", "")));
        var batch = await _client.PostJson("/api/products/peerloan/predict/batch", rows).Answer();

        Assert.Equal("Loan 4711", (string)answer["reference"]!);
        Assert.Equal("4711", (string)number["reference"]!);
        Assert.Equal("Loan 4711", (string)stored["reference"]!);
        Assert.Equal("row 1", (string)batch[0]!["reference"]!);
        Assert.Null(batch[1]!["reference"]);
        Assert.Equal("reference", (string)batch[2]!["errors"]![0]!["field"]!);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\" padded\"")]
    [InlineData("\"two\\nlines\"")]
    [InlineData("true")]
    [InlineData("[1]")]
    public async Task A_reference_that_is_none_is_refused_by_its_name(string json)
    {
        var errors = await _client.PostJson(Predict, ApiCalls.Applicant(("reference", JsonNode.Parse(json)))).FieldErrors();

        Assert.Equal("reference", Assert.Single(errors).Field);
        Assert.Contains("1 to 100 characters", errors[0].Message);
    }

    private static HttpRequestMessage Keyed(string address, HttpContent content, params string[] keys)
    {
        content.Headers.ContentType = new("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Idempotency-Key", keys);
        return request;
    }

    private static Task<byte[]> Bytes(HttpResponseMessage response) => response.Content.ReadAsByteArrayAsync(Stop);

    private async Task<HttpResponseMessage> Send(string address, string body, params string[] keys)
    {
        using var request = Keyed(address, new StringContent(body), keys);
        return await _client.SendAsync(request, Stop);
    }

    private Task<IReadOnlyList<DecisionSummary>> Stored(int limit = 50) =>
        _open.Site.Service<DecisionStore>().NewestAsync(limit, cancellationToken: Stop);

    // Sends all but the last letter, and that one when it is let.
    private sealed class SlowText(string text, Task until) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length - 1), Stop);
            await stream.FlushAsync(Stop);
            await until;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length - 1), Stop);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
