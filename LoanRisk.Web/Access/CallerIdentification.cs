using LoanRisk.Web.Problems;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Web.Access;

/// <summary>
/// Finds out who sent a request, and refuses nobody yet: a program by its key, a person by the cookie. After routing, and before the
/// limits, which count by name.
/// </summary>
internal sealed class CallerIdentification(RequestDelegate next, AccessTable table, KeyDoor door, DemoAccess demo)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var line = table.Find(context.GetEndpoint(), context.Request.Method);
        context.Features.Set(new RouteAccess(line));
        if (line is null or { IsOpen: true, Methods: ["GET"] } || IsErrorPage(context))
        {
            await next(context); // nothing to find out about health and static files
            return;
        }

        if (await CallerAsync(context, line) is { } caller)
        {
            context.Features.Set(caller);
            context.User = caller.Principal;
        }

        await next(context);
    }

    // Who asked is known already, or finding it out is what failed.
    private static bool IsErrorPage(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>() is not null || context.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private async Task<Caller?> CallerAsync(HttpContext context, AccessLine line)
    {
        if (KeyDoor.IsKnocking(context.Request) && IsForPrograms(context.Request, line))
        {
            var (caller, problem) = door.Enter(context.Request);
            context.Features.Get<RouteAccess>()!.Problem = problem;
            return caller;
        }

        var person = line.Roles.Count > 0 || line.IsOpen || line.OtherMethods.Count > 0 ? await PersonAsync(context) : null;
        return person ?? (IsForPrograms(context.Request, line) && demo.IsFor(context) ? Caller.DemoIntegrator : null);
    }

    private static bool IsForPrograms(HttpRequest request, AccessLine line) => line.Scopes.Count > 0 || ApiAddress.Covers(request);

    private static async Task<Caller?> PersonAsync(HttpContext context) =>
        await context.AuthenticateAsync(IdentityConstants.ApplicationScheme) is { Succeeded: true, Principal: { } principal }
            ? Caller.OfPerson(principal)
            : null;
}

/// <summary>What a request was routed to, and why the key that it shows does not open it.</summary>
/// <param name="Line">Who may; null when nobody may.</param>
internal sealed record RouteAccess(AccessLine? Line)
{
    /// <summary>Why the key is not one; null when there is none, or it is good.</summary>
    public string? Problem { get; set; }
}
