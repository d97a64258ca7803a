using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace LoanRisk.TrialClient;

/// <summary>Asks for decisions as a program would.</summary>
internal sealed class Caller : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionIdleTimeout = TimeSpan.FromSeconds(1) })
    {
        Timeout = Patience,
        DefaultRequestHeaders =
        {
            Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("LOANRISK_TRIAL_KEY")),
        },
    };

    /// <summary>Sends an application and tells how that ended.</summary>
    public async Task<Answer> DecideAsync(Uri site, int number)
    {
        var at = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var body = new ByteArrayContent(TrialApplication.Json(number));
            body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var answer = await _client.PostAsync(new Uri(site, "/api/predict"), body);
            var text = await answer.Content.ReadAsStringAsync();
            return Read(answer, text, new Answer(at, AnswerKind.Wrong, number, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Answer(at, AnswerKind.Unanswered, number, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
    }

    public void Dispose() => _client.Dispose();

    private static Answer Read(HttpResponseMessage answer, string text, Answer sent)
    {
        switch (answer.StatusCode)
        {
            case HttpStatusCode.OK:
                return Decision(text, sent);
            case HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout:
                return sent with { Kind = AnswerKind.Unanswered };
            case HttpStatusCode.ServiceUnavailable when answer.Headers.RetryAfter is not null:
                return sent with
                {
                    Kind = text.Contains("not known whether", StringComparison.Ordinal) ? AnswerKind.Unknown : AnswerKind.Refused,
                };
            default:
                Console.Error.WriteLine($"{(int)answer.StatusCode} {text}");
                return sent;
        }
    }

    private static Answer Decision(string text, Answer sent)
    {
        using var json = JsonDocument.Parse(text);
        var answer = json.RootElement;
        return sent with
        {
            Kind = AnswerKind.Acknowledged,
            Id = answer.GetProperty("decisionId").GetString()!,
            Model = answer.GetProperty("model").GetProperty("id").GetString()!,
            Probability = answer.GetProperty("probability").GetDouble(),
        };
    }
}
