using System.Globalization;
using LoanRisk.Lending;
using LoanRisk.Store;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Hosting;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Security;
using Microsoft.AspNetCore.Diagnostics;

namespace LoanRisk.Web.Api;

/// <summary>
/// Every failure at an address of programs is a problem in JSON: unknown addresses, wrong methods, defects. A stack trace never leaves the
/// log.
/// </summary>
internal static class ApiErrors
{
    public static void UseApiErrors(this WebApplication app) =>
        app.UseWhen(context => ApiAddress.Covers(context.Request), api =>
        {
            api.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandler = AnswerFailure,
                SuppressDiagnosticsCallback = _ => true, // FailureLog writes it
            });
            api.UseStatusCodePages(context => AnswerStatus(context.HttpContext));
        });

    private static Task AnswerFailure(HttpContext context)
    {
        var error = context.Features.Get<IExceptionHandlerFeature>()!.Error;
        return new ApiProblem(ErrorPages.StatusOf(error), error switch
        {
            StoreException { MayBeStored: true } =>
                "The disk failed while this was stored, and it is not known whether it is kept. Send it again: a later report takes the "
                    + "place of an earlier one.",
            _ when StoreException.Of(error) is not null =>
                "The program's own data cannot be read or written just now; other work may hold them, or the disk is full. Send the "
                    + "request again in a few seconds; if it stays so, the operator finds the cause in the log.",
            ServiceUnavailableException or BadHttpRequestException => error.Message,
            _ => "The program failed; the operator finds the cause in the log under the trace id.",
        }).WriteAsync(context);
    }

    private static Task AnswerStatus(HttpContext context)
    {
        var status = context.Response.StatusCode;
        return new ApiProblem(status, status switch
        {
            StatusCodes.Status404NotFound => "There is no such address; /openapi/v1.json describes those there are.",
            StatusCodes.Status405MethodNotAllowed =>
                $"{context.Request.Method} is not allowed here; allowed is {context.Response.Headers.Allow}.",
            StatusCodes.Status503ServiceUnavailable when LoadLimit.HasRefused(context) =>
                "The site is at work on as many requests as it can be; nothing was decided. Send this one again in "
                    + $"{Seconds(context.Response.Headers.RetryAfter)}.",
            StatusCodes.Status429TooManyRequests =>
                $"Too many requests; try again in {Seconds(context.Response.Headers.RetryAfter)}.",
            _ => "The request cannot be answered.",
        }).WriteAsync(context);
    }

    private static string Seconds(string? wait) =>
        int.TryParse(wait, CultureInfo.InvariantCulture, out var seconds) ? CountedNoun.Of(seconds, "second") : "a few seconds";
}
