using Microsoft.AspNetCore.Identity;

namespace LoanRisk.Store.People;

/// <summary>Somebody who signs in. Nobody is ever taken away, for what they did names them; who leaves is disabled.</summary>
public sealed class Person : IdentityUser
{
    /// <summary>May not sign in any more.</summary>
    public bool IsDisabled { get; set; }

    /// <summary>When the account was made.</summary>
    public DateTimeOffset AddedAt { get; set; }

    /// <summary>Who made it.</summary>
    public string AddedBy { get; set; } = "";
}
