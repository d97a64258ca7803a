using System.Text.Json;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Idempotency;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Api;

/// <summary>Answers an array of applications, row by row.</summary>
internal sealed class BatchDecisions(DecisionService service, LoanProduct product, bool explain)
{
    /// <summary>Wrong fields a batch tells in full; of each further row it tells the first.</summary>
    internal const int MostErrors = 200;

    /// <summary>What is wrong with the body as a whole; null when its rows can be looked at.</summary>
    public static ApiProblem? ProblemOf(JsonElement body) => body.ValueKind switch
    {
        not JsonValueKind.Array => ApiProblem.Malformed("A batch is a JSON array of applications."),
        _ when body.GetArrayLength() > PredictController.MaxBatch => ApiProblem.TooLarge(
            $"The batch has {CountedNoun.Of(body.GetArrayLength(), "application")}; "
            + $"send at most {PredictController.MaxBatch:N0} at a time."),
        _ => null,
    };

    /// <summary>One answer an application, in their order: a decision or errors. All decisions are stored before any is given.</summary>
    public async Task<IReadOnlyList<object>> DecideAsync(JsonElement body, HttpContext context)
    {
        var rows = body.EnumerateArray().Select(row => ApplicationFields.OfJson(row, product)).ToList();
        var readable = rows.Where(row => row.Problem is null)
            .Select(row => new SubmittedApplication(row.Fields, InputStyle.Json, Origin.Batch) { Reference = row.Reference }).ToList();
        var kept = AnswerToKeep.Of(context);
        return AnswerAll(rows, await service.DecideManyAsync(
            product, readable, context.RequestAborted, kept is null ? null : decided => kept.Json(AnswerAll(rows, decided))));
    }

    private List<object> AnswerAll(List<ApplicationFields> rows, IReadOnlyList<DecisionResult> results)
    {
        var decided = new Queue<DecisionResult>(results);
        var left = MostErrors;
        return
        [
            .. rows.Select((row, index) => row.Problem is { } problem
                ? Refuse(index, [problem], ref left)
                : Answer(index, decided.Dequeue(), ref left)),
        ];
    }

    private object Answer(int index, DecisionResult answer, ref int left)
    {
        if (answer.Decision is not { } stored)
        {
            return Refuse(index, answer.Problems, ref left);
        }

        var row = new BatchResponse(stored, index);
        return explain ? row.Explained(stored.Decision, product) : (object)row;
    }

    /// <summary>Every wrong row tells its first wrong field, and more of them as long as the batch has not told too many.</summary>
    private static BatchProblem Refuse(int index, IReadOnlyList<FieldProblem> problems, ref int left)
    {
        var errors = FieldErrors.Of(problems, Math.Clamp(left, 1, FieldErrors.Most));
        left -= errors.First.Count;
        return new BatchProblem(index, errors.First, errors.More);
    }
}
