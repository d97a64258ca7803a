using LoanRisk.Web.Decisions;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Security;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages;

/// <summary>What a person reads when a page cannot be shown; the status of the answer is kept.</summary>
/// <remarks>A refused post is answered here too, so this page must not ask for the token that was missing.</remarks>
[IgnoreAntiforgeryToken]
[ResponseCache(NoStore = true, Location = ResponseCacheLocation.None)]
public sealed class ErrorModel : PageModel
{
    /// <summary>The status of the answer.</summary>
    public int Status { get; private set; }

    /// <summary>What happened and what to do.</summary>
    public ErrorText Words { get; private set; } = null!;

    /// <summary>More about it, when the program knows more that a person may read.</summary>
    public string? Detail { get; private set; }

    /// <summary>Finds this request in the log.</summary>
    public string TraceId { get; private set; } = "";

    /// <summary>The page to open again, where that may help.</summary>
    public string? Retry { get; private set; }

    /// <summary>Shows the page for whatever method failed; there are no handlers for single methods.</summary>
    [NonHandler]
    public override void OnPageHandlerExecuting(PageHandlerExecutingContext context)
    {
        var error = HttpContext.Features.Get<IExceptionHandlerFeature>()?.Error;
        var status = error is not null ? ErrorPages.StatusOf(error)
            : int.TryParse((string?)context.RouteData.Values["status"], out var number) ? number
            : 0;
        Status = status is >= 400 and <= 599 ? status : StatusCodes.Status404NotFound;
        Response.StatusCode = Status;
        Words = LoadLimit.HasRefused(HttpContext) ? ErrorText.Busy : ErrorText.For(Status);
        Detail = (error as ServiceUnavailableException)?.Message;
        if (Status == StatusCodes.Status503ServiceUnavailable && !LoadLimit.HasRefused(HttpContext))
        {
            Response.Headers.RetryAfter = ApiProblem.RetryAfterSeconds;
        }

        TraceId = Problems.TraceId.Of(HttpContext);
        Retry = Words.MayPass ? FailedPath() : null;
        context.Result = Page(); // OPTIONS would be answered without it
    }

    private string? FailedPath()
    {
        var path = HttpContext.Features.Get<IStatusCodeReExecuteFeature>() is { } answer ? answer.OriginalPath + answer.OriginalQueryString
            : HttpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path;
        return Url.IsLocalUrl(path) ? path : null;
    }
}
