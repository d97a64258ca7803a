using LoanRisk.Store.Decisions;
using LoanRisk.Web.Access;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Idempotency;

/// <summary>
/// Answers a request that was answered before with the same bytes, and does nothing else; as Stripe's API and the IETF's draft
/// (draft-ietf-httpapi-idempotency-key-header) have it. An answer is kept when the request was done: what was refused did nothing, and may
/// be sent again under its key, mended.
/// </summary>
internal sealed class IdempotentRequests(RequestDelegate next, RequestsUnderWay underWay, DecisionStore store, TimeProvider clock)
{
    /// <summary>The header of an answer that is given again.</summary>
    public const string Again = "Idempotent-Replayed";

    private static readonly ApiProblem UnderWay = new(
        StatusCodes.Status409Conflict, $"The request with this {IdempotencyKey.Header} is being answered; send it again in a moment.");

    private static readonly ApiProblem AnotherRequest = new(
        StatusCodes.Status422UnprocessableEntity,
        $"This {IdempotencyKey.Header} belongs to another request, whose answer is kept: "
            + "the same key goes with the same address and body. Send a new request with a new key.");

    public async Task InvokeAsync(HttpContext context)
    {
        var (key, problem) = IdempotencyKey.Read(context.Request);
        if (problem is not null)
        {
            await problem.WriteAsync(context);
            return;
        }

        var request = new RequestKey(Caller.NameOf(context), key);
        if (!underWay.TryBegin(request))
        {
            context.Response.Headers.RetryAfter = "1";
            await UnderWay.WriteAsync(context);
            return;
        }

        try
        {
            await Answer(context, request);
        }
        finally
        {
            underWay.End(request);
        }
    }

    private async Task Answer(HttpContext context, RequestKey request)
    {
        using var body = new HashedBody(context.Request);
        context.Request.Body = body;
        if (await store.AnswerAsync(request, context.RequestAborted) is not { } given)
        {
            try
            {
                await AnswerFirst(context, new AnswerToKeep(request, body, clock), body);
                return;
            }
            catch (AnsweredBeforeException)
            {
                given = (await store.AnswerAsync(request, context.RequestAborted))!; // another node was quicker
            }
        }

        await ReadToEnd(body, context.RequestAborted);
        await (body.Fingerprint.AsSpan().SequenceEqual(given.Fingerprint) ? Give(context, given) : AnotherRequest.WriteAsync(context));
    }

    // Nothing of the answer is sent before it is kept.
    private async Task AnswerFirst(HttpContext context, AnswerToKeep answer, HashedBody body)
    {
        context.Features.Set(answer);
        var sent = context.Response.Body;
        using var written = new MemoryStream();
        context.Response.Body = written;
        try
        {
            await next(context);
            if (answer.Given is null && IsDone(context.Response.StatusCode))
            {
                await ReadToEnd(body, context.RequestAborted);
                await store.SaveAsync([], answer.Whole(context.Response, written.ToArray()), CancellationToken.None);
            }
        }
        finally
        {
            context.Response.Body = sent;
        }

        await sent.WriteAsync(answer.Given?.Body ?? written.ToArray(), context.RequestAborted);
    }

    private static async Task Give(HttpContext context, GivenAnswer given)
    {
        context.Response.StatusCode = given.Status;
        context.Response.ContentType = given.ContentType;
        context.Response.Headers[Again] = "true";
        context.Response.Headers.Location = given.Location;
        await context.Response.Body.WriteAsync(given.Body, context.RequestAborted);
    }

    private static bool IsDone(int status) => status is >= 200 and < 400;

    private static Task ReadToEnd(HashedBody body, CancellationToken cancellationToken) => body.CopyToAsync(Stream.Null, cancellationToken);
}
