using LoanRisk.Web.Idempotency;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>What every operation says that may be sent again under its key.</summary>
internal static class IdempotencyDescription
{
    private const string UnderWay = "A request with the same key is being answered; Retry-After says when to send this one again.";

    private const string AnotherRequest = "The key belongs to another request.";

    public static void AddTo(OpenApiDocument document, OpenApiOperation operation)
    {
        operation.Parameters = [.. operation.Parameters ?? [], Key()];
        var conflict = operation.Responses!.TryGetValue("409", out var known) ? $"{known.Description} Or: {UnderWay}" : UnderWay;
        operation.Responses["409"] = ApiResponses.Problem(document, conflict);
        operation.Responses["422"] = ApiResponses.Problem(document, AnotherRequest);
    }

    private static OpenApiParameter Key() => new()
    {
        Name = IdempotencyKey.Header,
        In = ParameterLocation.Header,
        Description = "Names the request, so that it can be sent again: the same key and body get the stored answer, byte for byte, for at "
            + $"least {AnswerKeeping.Promised.TotalHours:F0} hours, with the header `{IdempotentRequests.Again}`. An answer is stored when "
            + "the request was done, not when it was refused.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.Longest },
    };
}
