using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace LoanRisk.Store.People;

/// <summary>
/// What a program shows: the id of its key and a secret of 256 random bits. As one text it is <c>lr_ID_SECRET</c>; where a name and a
/// password are asked for, they are the id and the secret.
/// </summary>
public sealed class KeySecret
{
    /// <summary>What every key begins with, so that it is known where it does not belong.</summary>
    public const string Prefix = "lr_";

    private const int IdLength = 16;

    private const int SecretBytes = 32;

    private const int SecretLength = 43; // in base64url

    private readonly string _secret;

    private KeySecret(string id, string secret) =>
        (Id, _secret, Hash) = (id, secret, SHA256.HashData(Encoding.ASCII.GetBytes(secret)));

    /// <summary>The id of the key.</summary>
    public string Id { get; }

    /// <summary>SHA-256 of the secret. There is nothing to guess in 256 random bits, so a slow hash would protect nothing.</summary>
    internal byte[] Hash { get; }

    /// <summary>A new one.</summary>
    public static KeySecret Create() => new(
        RandomNumberGenerator.GetHexString(IdLength, lowercase: true),
        Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes)));

    /// <summary>Reads the one text; false when it cannot be a key.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, [NotNullWhen(true)] out KeySecret? secret)
    {
        secret = null;
        return text.Length == Prefix.Length + IdLength + 1 + SecretLength
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length + IdLength] == '_'
            && TryParse(text.Slice(Prefix.Length, IdLength), text[^SecretLength..], out secret);
    }

    /// <summary>Reads id and secret; false when they cannot be a key's.</summary>
    public static bool TryParse(ReadOnlySpan<char> id, ReadOnlySpan<char> secret, [NotNullWhen(true)] out KeySecret? key)
    {
        key = id.Length == IdLength && id.IndexOfAnyExcept(Digits) < 0 && secret.Length == SecretLength && Ascii.IsValid(secret)
            ? new KeySecret(id.ToString(), secret.ToString())
            : null;
        return key is not null;
    }

    /// <summary>The one text, secret and all: it is shown once.</summary>
    public string Reveal() => $"{Prefix}{Id}_{_secret}";

    /// <summary>Never the secret.</summary>
    public override string ToString() => $"{Prefix}{Id}_...";

    private static readonly System.Buffers.SearchValues<char> Digits = System.Buffers.SearchValues.Create("0123456789abcdef");
}
