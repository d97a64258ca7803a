using LoanRisk.Store.People;
using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Web.Access;

/// <summary>Makes and changes accounts. Nobody chooses another one's password: a link that works once leads to the choice.</summary>
public sealed class Accounts(
    UserManager<Person> people, SignInManager<Person> signIn, PeopleStore store, SetupLink link, TimeProvider clock)
{
    private static readonly SemaphoreSlim OneFirst = new(1, 1);

    private static readonly Person Nobody = new();

    private static string? _hashOfNobody;

    private string ResetProvider => people.Options.Tokens.PasswordResetTokenProvider;

    /// <summary>Signs somebody in who knows name and password; a wrong one counts. It takes as long for a name that there is not.</summary>
    public async Task<SignInResult> SignInAsync(string name, string password)
    {
        if (await people.FindByNameAsync(name) is { } person)
        {
            return await signIn.PasswordSignInAsync(person, password, isPersistent: false, lockoutOnFailure: true);
        }

        _hashOfNobody ??= people.PasswordHasher.HashPassword(Nobody, Guid.NewGuid().ToString());
        people.PasswordHasher.VerifyHashedPassword(Nobody, _hashOfNobody, password);
        return SignInResult.Failed;
    }

    /// <summary>Adds somebody who has no password yet.</summary>
    /// <returns>The person, or what is wrong.</returns>
    public async Task<(Person? Made, IReadOnlyList<string> Problems)> AddAsync(string name, IReadOnlyList<string> roles, string by) =>
        roles.Count == 0 ? (null, ["Somebody is one thing or more: choose a role."]) : await AddAsync(NewPerson(name, by), roles, null);

    /// <summary>Adds the first admin, who is everything until others are there.</summary>
    /// <inheritdoc cref="AddAsync(string, IReadOnlyList{string}, string)"/>
    public async Task<(Person? Made, IReadOnlyList<string> Problems)> AddFirstAdminAsync(string token, string name, string password)
    {
        await OneFirst.WaitAsync();
        try
        {
            using var alone = store.TryLockFirst();
            return alone is not null && link.IsGood(token)
                ? await AddAsync(NewPerson(name, "the setup link"), Roles.All, password)
                : (null, ["The link was used just now."]);
        }
        finally
        {
            OneFirst.Release();
        }
    }

    /// <summary>The path of a link by which somebody chooses a password; those from before are worth nothing.</summary>
    public async Task<string> LinkAsync(Person person)
    {
        await people.UpdateSecurityStampAsync(person);
        return SetupLink.Page + QueryString.Create("person", person.Id)
            .Add("token", await people.GeneratePasswordResetTokenAsync(person));
    }

    /// <summary>Whether a link leads to somebody's choice.</summary>
    public async Task<bool> IsGoodAsync(Person person, string token) => !person.IsDisabled
        && await people.VerifyUserTokenAsync(person, ResetProvider, UserManager<Person>.ResetPasswordTokenPurpose, token);

    /// <summary>Gives somebody the password that they chose; a lock is lifted with it.</summary>
    /// <returns>The person, or what is wrong.</returns>
    public async Task<(Person? Made, IReadOnlyList<string> Problems)> ChoosePasswordAsync(string id, string token, string password)
    {
        if (await people.FindByIdAsync(id) is not { IsDisabled: false } person)
        {
            return (null, ["There is no such account."]);
        }

        var reset = await people.ResetPasswordAsync(person, token, password);
        if (!reset.Succeeded)
        {
            return (null, Words(reset));
        }

        await people.SetLockoutEndDateAsync(person, null);
        await people.ResetAccessFailedCountAsync(person);
        return (person, []);
    }

    private Person NewPerson(string name, string by) => new() { UserName = name.Trim(), AddedAt = clock.GetUtcNow(), AddedBy = by };

    private async Task<(Person? Made, IReadOnlyList<string> Problems)> AddAsync(
        Person person, IReadOnlyList<string> roles, string? password)
    {
        var made = password is null ? await people.CreateAsync(person) : await people.CreateAsync(person, password);
        if (made.Succeeded)
        {
            made = await people.AddToRolesAsync(person, roles);
        }

        return made.Succeeded ? (person, []) : (null, Words(made));
    }

    private static string[] Words(IdentityResult result) => [.. result.Errors.Select(error => error.Description)];
}
