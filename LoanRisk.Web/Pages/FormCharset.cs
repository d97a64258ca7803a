using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Net.Http.Headers;

namespace LoanRisk.Web.Pages;

/// <summary>
/// Refuses with status 415 a page's form that says it is not UTF-8, which no browser sends: the framework would fail at a charset that it
/// must not read (UTF-7).
/// </summary>
public sealed class FormCharset : IAuthorizationFilter, IOrderedFilter
{
    /// <summary>Before the form is read for the antiforgery token.</summary>
    public int Order => -1;

    public void OnAuthorization(AuthorizationFilterContext context)
    {
        if (context.ActionDescriptor is CompiledPageActionDescriptor { HandlerMethods.Count: > 0 }
            && NamesAnother(context.HttpContext.Request.ContentType))
        {
            context.Result ??= new StatusCodeResult(StatusCodes.Status415UnsupportedMediaType);
        }
    }

    private static bool NamesAnother(string? contentType) =>
        MediaTypeHeaderValue.TryParse(contentType, out var type)
            && type.Charset.HasValue
            && !HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);
}
