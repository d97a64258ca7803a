using LoanRisk.Store;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Hosting;

/// <summary>
/// Errors on the way to a person: every failed page request is answered by the page at <c>/error/{status}</c>, which keeps the status.
/// The API has answers of its own.
/// </summary>
internal static class ErrorPages
{
    public static void UseErrorPages(this WebApplication app) =>
        app.UseWhen(context => !ApiAddress.Covers(context.Request), pages =>
        {
            pages.UseExceptionHandler(new ExceptionHandlerOptions
            {
                ExceptionHandlingPath = "/error/500",
                StatusCodeSelector = StatusOf,
                SuppressDiagnosticsCallback = _ => true, // FailureLog writes it
            });
            pages.UseStatusCodePagesWithReExecute("/error/{0}");
        });

    /// <summary>True for a failure whose stack trace belongs into the log.</summary>
    internal static bool IsDefect(Exception error) => StatusOf(error) == StatusCodes.Status500InternalServerError;

    /// <summary>The status a failure is answered with.</summary>
    internal static int StatusOf(Exception error) => error switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        ServiceUnavailableException => StatusCodes.Status503ServiceUnavailable,
        _ when StoreException.Of(error) is not null => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };
}
