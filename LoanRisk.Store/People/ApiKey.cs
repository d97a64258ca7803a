using System.Security.Cryptography;

namespace LoanRisk.Store.People;

/// <summary>A key of a program, without its secret.</summary>
/// <param name="Id">What names it: 16 hexadecimal digits.</param>
/// <param name="Name">What it is called by people.</param>
/// <param name="Scopes">What it may be used for.</param>
/// <param name="Products">The products it may be used for; null for all.</param>
/// <param name="MadeBy">Who made it.</param>
/// <param name="MadeAt">When.</param>
/// <param name="ExpiresAt">From when on it is worth nothing; null for never.</param>
public sealed record ApiKey(
    string Id,
    string Name,
    IReadOnlyList<string> Scopes,
    IReadOnlyList<string>? Products,
    string MadeBy,
    DateTimeOffset MadeAt,
    DateTimeOffset? ExpiresAt)
{
    /// <summary>When it was used last, to a minute or so; null for never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>When it was revoked; null where it was not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Who revoked it.</summary>
    public string? RevokedBy { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    internal byte[] Hash { get; init; } = [];

    /// <summary>Whether a secret is this key's; it takes as long for every wrong one.</summary>
    public bool Matches(KeySecret secret) => CryptographicOperations.FixedTimeEquals(secret.Hash, Hash);

    /// <summary>Why it is worth nothing at a moment; null when it can be used.</summary>
    public string? WhyNot(DateTimeOffset now) => RevokedAt is not null ? "was revoked" : now >= ExpiresAt ? "has expired" : null;
}
