namespace LoanRisk.Web.Security;

/// <summary>Puts the security headers on every answer, errors included.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    /// <summary>Own files only, no inline script or style; Bootstrap's icons are data: images.</summary>
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(AddAsync, context.Response);
        return next(context);
    }

    private static Task AddAsync(object state)
    {
        var response = (HttpResponse)state;
        var headers = response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store"; // static files name their own; all else may hold personal data
        }

        return Task.CompletedTask;
    }
}
