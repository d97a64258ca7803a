using System.Security.Cryptography;
using LoanRisk.Store;
using LoanRisk.Store.People;
using Microsoft.AspNetCore.DataProtection;

namespace LoanRisk.Web.Access;

/// <summary>
/// The link by which the first admin is made: whoever sees the console may. It works for an hour and, as it is worth nothing once there is
/// an admin, once. Any node takes it.
/// </summary>
public sealed class SetupLink(IDataProtectionProvider protection, PeopleStore people)
{
    /// <summary>The page it leads to.</summary>
    public const string Page = "/setup";

    private const string Content = "first admin";

    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("LoanRisk.Setup").ToTimeLimitedDataProtector();

    /// <summary>The path of a new link; null once there is an admin.</summary>
    /// <exception cref="StoreException">The people cannot be read.</exception>
    public string? New() => people.HasAdmin() ? null : Page + QueryString.Create("token", _protector.Protect(Content, Lifetime));

    /// <summary>Whether a token makes the first admin.</summary>
    /// <exception cref="StoreException">The people cannot be read.</exception>
    public bool IsGood(string? token) => token is not null && IsOwn(token) && !people.HasAdmin();

    private bool IsOwn(string token)
    {
        try
        {
            return _protector.Unprotect(token) == Content;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
