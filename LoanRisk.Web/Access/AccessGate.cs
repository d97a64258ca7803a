using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;

namespace LoanRisk.Web.Access;

/// <summary>
/// Lets a request through when the table says that whoever sent it may: programs are told what is missing, people are led to the page for
/// signing in.
/// </summary>
internal sealed class AccessGate(RequestDelegate next, ProductCatalog catalog)
{
    /// <summary>The page for signing in.</summary>
    public const string SignIn = "/sign-in";

    // The one route about a product that does not name it.
    private const string DefaultProduct = "api/predict";

    private const string Challenge = "Bearer realm=\"LoanRisk\"";

    private const string BasicChallenge = "Basic realm=\"LoanRisk\", charset=\"UTF-8\"";

    public Task InvokeAsync(HttpContext context)
    {
        var access = context.Features.Get<RouteAccess>()!;
        return KeyDoor.IsInAddress(context.Request) ? RefuseAddress(context)
            : access.Line is { IsOpen: true, OtherMethods: [] } ? next(context)
            : Caller.Of(context) is { } caller ? EnterAsync(context, access.Line, caller)
            : Ask(context, access.Problem);
    }

    private Task EnterAsync(HttpContext context, AccessLine? line, Caller caller) =>
        line is null ? Refuse(context, "Nobody may use this address: the site does not say who may.")
        : line.OtherMethods.Count > 0 ? RefuseMethod(context, line)
        : !line.Admits(caller) ? Refuse(context, WhatIsMissing(line, caller))
        : ProductOf(context) is { } product && !caller.MayUse(product)
            ? Refuse(context, $"This key may not be used for the product '{Texts.ShortText.Of(product, 40)}'; "
                + $"it may for {string.Join(", ", caller.Products!)}.")
        : next(context);

    private static string WhatIsMissing(AccessLine line, Caller caller) => line.Scopes.Count == 0
        ? "This address is for people who sign in, not for programs."
        : $"This key lacks the scope {string.Join(" or ", line.Scopes)}; it has {string.Join(", ", caller.Scopes)}.";

    private string? ProductOf(HttpContext context) =>
        context.Request.RouteValues.TryGetValue("product", out var product) ? product as string
        : context.GetEndpoint() is RouteEndpoint { RoutePattern.RawText: DefaultProduct } ? catalog.DefaultId
        : null;

    private static Task Refuse(HttpContext context, string why)
    {
        if (ApiAddress.Covers(context.Request))
        {
            return new ApiProblem(StatusCodes.Status403Forbidden, why).WriteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden; // answered by the page of errors
        return Task.CompletedTask;
    }

    private static Task RefuseMethod(HttpContext context, AccessLine line)
    {
        context.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
        context.Response.Headers.Allow = string.Join(
            ", ", line.OtherMethods.SelectMany(method => method == HttpMethods.Get ? [method, HttpMethods.Head] : new[] { method }));
        return Task.CompletedTask;
    }

    private static Task RefuseAddress(HttpContext context)
    {
        const string Why = "A key stands in the address, which proxies and browsers keep. Send it in the header Authorization, and have "
            + "this one revoked.";
        if (ApiAddress.Covers(context.Request))
        {
            return new ApiProblem(StatusCodes.Status400BadRequest, Why).WriteAsync(context);
        }

        context.Response.StatusCode = StatusCodes.Status400BadRequest;
        return Task.CompletedTask;
    }

    private static Task Ask(HttpContext context, string? problem)
    {
        if (!ApiAddress.Covers(context.Request))
        {
            context.Response.Redirect(SignIn + QueryString.Create("returnUrl", ReturnAddress(context.Request)));
            return Task.CompletedTask;
        }

        // A browser that was told of Basic would ask the person before it for a password.
        context.Response.Headers.WWWAuthenticate = context.Request.Headers.ContainsKey("Sec-Fetch-Mode")
            ? Challenge
            : new[] { Challenge, BasicChallenge };
        return new ApiProblem(
            StatusCodes.Status401Unauthorized,
            problem ?? "Send a key in the header Authorization: `Bearer` and the key. Whoever administers the site makes them at "
                + "/admin/keys.").WriteAsync(context);
    }

    // A form that was sent is not sent again by coming back.
    private static string ReturnAddress(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
        ? request.Path + request.QueryString
        : request.Path;
}
