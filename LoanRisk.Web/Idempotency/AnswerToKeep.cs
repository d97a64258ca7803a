using System.Text.Json;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Idempotency;

/// <summary>The answer to the request at hand, which is kept with what it tells: in the same commit, where that is a decision.</summary>
internal sealed class AnswerToKeep(RequestKey request, HashedBody body, TimeProvider clock)
{
    /// <summary>The answer that is stored, or is being stored; null while there is none.</summary>
    public GivenAnswer? Given { get; private set; }

    /// <summary>That of a request with a key; null for one without.</summary>
    public static AnswerToKeep? Of(HttpContext context) => context.Features.Get<AnswerToKeep>();

    /// <summary>The answer that a JSON value will be, to be stored with what it tells.</summary>
    public GivenAnswer Json(object value) => Keep(
        StatusCodes.Status200OK, "application/json; charset=utf-8", null, JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Options));

    /// <summary>The answer as it stands, to be stored by itself.</summary>
    public GivenAnswer Whole(HttpResponse response, byte[] content) => Keep(
        response.StatusCode,
        response.ContentType,
        response.Headers.Location.Count > 0 ? response.Headers.Location.ToString() : null,
        content);

    private GivenAnswer Keep(int status, string? type, string? location, byte[] content) =>
        Given = new GivenAnswer(request, body.Fingerprint, clock.GetUtcNow(), status, type, location, content);
}
