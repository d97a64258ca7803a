using LoanRisk.Web.Problems;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>A problem as the answer of an action, with the headers that belong to its status.</summary>
internal sealed class ProblemResult : JsonResult
{
    private readonly ApiProblem _problem;

    public ProblemResult(ApiProblem problem)
        : base(problem, ApiJson.Options) => (_problem, StatusCode, ContentType) = (problem, problem.Status, ApiProblem.ContentType);

    public override Task ExecuteResultAsync(ActionContext context)
    {
        Value = _problem.Complete(context.HttpContext);
        return base.ExecuteResultAsync(context);
    }
}
