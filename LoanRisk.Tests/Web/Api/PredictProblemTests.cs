using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Jobs;
using Microsoft.Extensions.DependencyInjection;

namespace LoanRisk.Tests.Web.Api;

[Slow]
public sealed class PredictProblemTests(LoanRiskSite site) : IClassFixture<LoanRiskSite>
{
    private readonly HttpClient _client = site.CreateClient();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_wrong_field_has_one_entry_with_its_name_and_cause()
    {
        var body = ApiCalls.Applicant(
            ("dti", "much"), ("grade", "Z"), ("loan_amnt", 1), ("delinq_2yrs", 0.5), ("annual_inc", new JsonArray(1)), ("colour", "red"));
        body.Remove("int_rate");

        var errors = await _client.PostJson("/api/predict", body).FieldErrors();

        Assert.Equal(errors.Select(error => error.Field).Distinct(), errors.Select(error => error.Field));
        Assert.Equal(
            [
                "annual_inc:wrongType",
                "colour:unknownField",
                "delinq_2yrs:notWhole",
                "grade:unknownLevel",
                "int_rate:required",
                "loan_amnt:outOfRange",
            ],
            errors.Where(error => error.Field != "dti").Select(error => $"{error.Field}:{error.Code}").Order(StringComparer.Ordinal));
        Assert.Contains(errors, error => error.Field == "dti" && error.Code is "wrongType" or "notANumber");
        Assert.All(errors, error => Assert.NotEmpty(error.Message));
    }

    [Fact]
    public async Task A_field_given_twice_is_named_once()
    {
        var body = ApiCalls.Applicant().ToJsonString().Replace("{", """{"dti":"much",""", StringComparison.Ordinal);

        var errors = await _client.PostText("/api/predict", body).FieldErrors();

        Assert.Equal([("dti", "duplicate")], errors.Select(error => (error.Field, error.Code)));
    }

    [Fact]
    public async Task A_query_parameter_given_twice_or_unknown_is_named()
    {
        var errors = await _client.GetAsync("/api/predict?dti=1&dti=2&DTI=3&colour=red", Stop).FieldErrors();

        Assert.Contains(errors, error => error is { Field: "dti", Code: "duplicate" });
        Assert.Contains(errors, error => error is { Field: "DTI", Code: "unknownField" });
        Assert.Contains(errors, error => error is { Field: "colour", Code: "unknownField" });
        Assert.Contains(errors, error => error is { Field: "grade", Code: "required" });
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("{", "line 1, position 2")]
    [InlineData("{\n  \"dti\": 1,\n  oops", "line 3, position 3")]
    [InlineData("{\"dti\": NaN}", "line 1, position 9")]
    [InlineData("{\"dti\": 1,}", "line 1")]
    [InlineData("{} {}", "line 1, position 4")]
    [InlineData("[[[[[[[[[[1]]]]]]]]]]", "depth")]
    [InlineData("[]", "an array")]
    [InlineData("null", "null")]
    [InlineData("\"text\"", "a text")]
    [InlineData("{\"\\udfff\": 1}", "surrogate")]
    public async Task A_body_that_is_no_application_is_refused_with_the_place(string body, string named)
    {
        var problem = await _client.PostText("/api/predict", body).Problem(HttpStatusCode.BadRequest);

        Assert.Contains(named, (string)problem["detail"]!);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF8_are_refused()
    {
        var problem = await _client.PostBytes(
            "/api/predict", [.. "{\"purpose\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Problem(HttpStatusCode.BadRequest);

        Assert.Contains("UTF-8", (string)problem["detail"]!);
    }

    [Fact]
    public async Task A_byte_order_mark_does_no_harm() =>
        await _client.PostBytes(
            "/api/predict", [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(ApiCalls.Applicant().ToJsonString())]).Answer();

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json; charset=utf-16")]
    public async Task Another_content_type_is_refused(string type) =>
        await _client.PostText("/api/predict", ApiCalls.Applicant().ToJsonString(), type).Problem(HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/vnd.lender+json")]
    public async Task Other_spellings_of_JSON_are_read(string type) =>
        await _client.PostText("/api/predict", ApiCalls.Applicant().ToJsonString(), type).Answer();

    [Fact]
    public async Task A_body_without_a_type_is_refused() =>
        await _client.PostAsync("/api/predict", new ByteArrayContent("{}"u8.ToArray()), Stop).Problem(HttpStatusCode.UnsupportedMediaType);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_is_too_large_is_refused_whether_or_not_it_says_so(bool saysSo)
    {
        using var content = new StringContent($$"""{"purpose":"{{new string('x', 70_000)}}"}""", Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/predict") { Content = content };
        if (!saysSo)
        {
            request.Headers.TransferEncodingChunked = true;
            content.Headers.ContentLength = null;
        }

        var problem = await _client.SendAsync(request, Stop).Problem(HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("65,536 bytes", (string)problem["detail"]!);
    }

    [Theory]
    [InlineData("PUT", "/api/predict", "GET, POST")]
    [InlineData("DELETE", "/api/products/peerloan/predict", "GET, POST")]
    [InlineData("GET", "/api/products/peerloan/predict/batch", "POST")]
    public async Task Another_method_is_refused_and_the_right_ones_are_named(string method, string address, string allowed)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        using var response = await _client.SendAsync(request, Stop);

        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow.Order()));
        await Task.FromResult(response).Problem(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task An_unknown_product_is_named_with_those_there_are()
    {
        var problem = await _client.PostJson("/api/products/carloan/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.NotFound);

        Assert.Contains("'carloan'", (string)problem["detail"]!);
        Assert.Contains("peerloan", (string)problem["detail"]!);
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/nothing")]
    [InlineData("/api/products/peerloan")]
    [InlineData("/API/nothing")]
    public async Task An_unknown_address_below_api_is_a_problem_too(string address) =>
        await _client.GetAsync(address, Stop).Problem(HttpStatusCode.NotFound);

    [Fact]
    public async Task A_switch_that_is_neither_true_nor_false_is_refused()
    {
        var errors = await _client.PostJson("/api/predict?explain=perhaps", ApiCalls.Applicant()).FieldErrors();

        Assert.Equal("explain", Assert.Single(errors).Field);
    }

    [Fact]
    public async Task A_defect_is_a_problem_with_a_trace_id_and_without_a_stack_trace()
    {
        var clock = new BreakingClock();
        await using var broken = new LoanRiskSite { Replace = services => services.AddSingleton<TimeProvider>(clock) };
        var client = broken.CreateClient();
        clock.IsBroken = true;

        var problem = await client.PostJson("/api/predict", ApiCalls.Applicant()).Problem(HttpStatusCode.InternalServerError);

        Assert.NotEmpty((string)problem["traceId"]!);
        Assert.DoesNotContain("clock", problem.ToJsonString());
        Assert.DoesNotContain("   at ", problem.ToJsonString());
    }

    [Fact]
    public async Task A_defect_in_the_jobs_does_not_end_the_site()
    {
        var clock = new BreakingClock();
        await using var broken = new LoanRiskSite { Replace = services => services.AddSingleton<TimeProvider>(clock) };
        var client = broken.CreateClient();
        clock.IsBroken = true;
        var worker = broken.Service<JobSupervisor>();

        worker.Wake();
        await Task.WhenAny(worker.ExecuteTask!, Task.Delay(TimeSpan.FromSeconds(1), Stop));

        Assert.False(worker.ExecuteTask!.IsCompleted);
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/health/live", Stop)).StatusCode);
    }

    [Fact]
    public async Task What_is_refused_is_not_stored()
    {
        var store = site.Service<DecisionStore>();
        var before = (await store.NewestAsync(1000, cancellationToken: Stop)).Count;

        await _client.PostJson("/api/predict", ApiCalls.Applicant(("dti", -1))).FieldErrors();

        Assert.Equal(before, (await store.NewestAsync(1000, cancellationToken: Stop)).Count);
    }

    private sealed class BreakingClock : TimeProvider
    {
        public bool IsBroken { get; set; }

        public override DateTimeOffset GetUtcNow() =>
            IsBroken ? throw new InvalidOperationException("The clock is broken.") : base.GetUtcNow();
    }
}
