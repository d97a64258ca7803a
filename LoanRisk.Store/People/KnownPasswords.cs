using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Store.People;

/// <summary>
/// Refuses a password that others know or would guess: a known one, a name, a row of keys, a date. What it is made of does not matter, only
/// how many tries it withstands (zxcvbn).
/// </summary>
internal sealed class KnownPasswords : IPasswordValidator<Person>
{
    /// <summary>Characters a password may have; guessing at longer ones takes the site's time.</summary>
    public const int Longest = 128;

    // Of 0 to 4: it withstands 100 million tries and more.
    private const int Lowest = 3;

    public Task<IdentityResult> ValidateAsync(UserManager<Person> manager, Person user, string? password) =>
        Task.FromResult(Problem(user, password ?? "") is { } problem
            ? IdentityResult.Failed(new IdentityError { Code = "PasswordIsKnown", Description = problem })
            : IdentityResult.Success);

    private static string? Problem(Person person, string password)
    {
        if (password.Length > Longest)
        {
            return $"A password has {Longest} characters at most.";
        }

        string[] own = [person.UserName ?? "", person.Email ?? "", "loanrisk", "loan", "risk"];
        return Zxcvbn.Zxcvbn.MatchPassword(password, own).Score >= Lowest
            ? null
            : "This password is known or easily guessed. Take several words that do not belong together.";
    }
}
