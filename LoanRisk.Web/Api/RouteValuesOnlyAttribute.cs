using Microsoft.AspNetCore.Mvc.Filters;
using Microsoft.AspNetCore.Mvc.ModelBinding;

namespace LoanRisk.Web.Api;

/// <summary>
/// Parameters come from the route alone. MVC would read a body of a form's type before the action can refuse it, and fail where it is no
/// form.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class RouteValuesOnlyAttribute : Attribute, IResourceFilter
{
    public void OnResourceExecuting(ResourceExecutingContext context)
    {
        context.ValueProviderFactories.Clear();
        context.ValueProviderFactories.Add(new RouteValueProviderFactory());
    }

    public void OnResourceExecuted(ResourceExecutedContext context)
    {
    }
}
