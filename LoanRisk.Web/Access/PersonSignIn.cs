using LoanRisk.Store.People;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Access;

/// <summary>Identity's signing in, which lets nobody in who is disabled, and takes as long for a name that there is not.</summary>
public sealed class PersonSignIn(
    UserManager<Person> people,
    IHttpContextAccessor context,
    IUserClaimsPrincipalFactory<Person> principals,
    IOptions<IdentityOptions> options,
    ILogger<SignInManager<Person>> log,
    IAuthenticationSchemeProvider schemes,
    IUserConfirmation<Person> confirmation)
    : SignInManager<Person>(people, context, principals, options, log, schemes, confirmation)
{
    private static readonly Person Nobody = new();

    private static string? _hashOfNobody;

    /// <inheritdoc/>
    public override async Task<bool> CanSignInAsync(Person user) => !user.IsDisabled && await base.CanSignInAsync(user);

    /// <inheritdoc/>
    public override async Task<SignInResult> PasswordSignInAsync(
        string userName, string password, bool isPersistent, bool lockoutOnFailure)
    {
        if (await UserManager.FindByNameAsync(userName) is { } person)
        {
            return await PasswordSignInAsync(person, password, isPersistent, lockoutOnFailure);
        }

        // How long the answer takes must not tell which names there are.
        _hashOfNobody ??= UserManager.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        UserManager.PasswordHasher.VerifyHashedPassword(Nobody, _hashOfNobody, password);
        return SignInResult.Failed;
    }

    /// <inheritdoc/>
    public override async Task<Person?> ValidateSecurityStampAsync(System.Security.Claims.ClaimsPrincipal? principal) =>
        await base.ValidateSecurityStampAsync(principal) is { IsDisabled: false } person ? person : null;
}
