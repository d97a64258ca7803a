using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace LoanRisk.Web.Pages;

/// <summary>
/// Refuses with status 405 a method that a page has no handler for; Razor Pages would render it without a model.
/// A page without any handler, that of the errors, answers every method.
/// </summary>
public sealed class HandledMethods : IAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before the antiforgery token is asked for.</summary>
    public int Order => -1;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.ActionDescriptor is CompiledPageActionDescriptor { HandlerMethods.Count: > 0 } page)
        {
            Check(context, [.. page.HandlerMethods.SelectMany(handler => Methods(handler.HttpMethod.ToUpperInvariant())).Distinct()]);
        }
    }

    private static string[] Methods(string handled) => handled == HttpMethods.Get ? [handled, HttpMethods.Head] : [handled];

    private static void Check(AuthorizationFilterContext context, string[] allowed)
    {
        if (!allowed.Contains(context.HttpContext.Request.Method, StringComparer.OrdinalIgnoreCase))
        {
            context.HttpContext.Response.Headers.Allow = string.Join(", ", allowed);
            context.Result = new StatusCodeResult(StatusCodes.Status405MethodNotAllowed);
        }
    }
}
