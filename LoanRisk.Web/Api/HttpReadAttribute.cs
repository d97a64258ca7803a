using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Mvc.Routing;

namespace LoanRisk.Web.Api;

/// <summary>An address that is read with GET, or with HEAD when the headers are enough.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class HttpReadAttribute([StringSyntax("Route")] string template) : HttpMethodAttribute(["GET", "HEAD"], template);
