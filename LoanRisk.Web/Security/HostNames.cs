using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Primitives;

namespace LoanRisk.Web.Security;

/// <summary>
/// Names that a site goes by, in ASP.NET Core's form: <c>loans.example</c>, <c>*.loans.example</c>, <c>*</c> for every name.
/// </summary>
/// <param name="Patterns">The names.</param>
public sealed record HostNames(IReadOnlyList<string> Patterns) : IParsable<HostNames>
{
    private const string Every = "*";

    private static readonly char[] Separators = [';', ',', ' '];

    private readonly List<StringSegment> _segments = [.. Patterns.Select(pattern => new StringSegment(pattern))];

    /// <summary>No name.</summary>
    public static HostNames None { get; } = new([]);

    /// <summary>Whether the list holds the name of a request.</summary>
    public bool Match(HostString host) => Patterns.Contains(Every) || (_segments.Count > 0 && HostString.MatchesAny(host.Host, _segments));

    /// <inheritdoc/>
    public static HostNames Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var names) ? names : throw new FormatException($"'{s}' is no list of host names.");

    /// <inheritdoc/>
    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out HostNames result)
    {
        var names = (s ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        result = names.Length > 0 && names.All(IsName)
            ? new HostNames([.. names.Select(name => new HostString(name).ToUriComponent())])
            : null;
        return result is not null;
    }

    private static bool IsName(string text)
    {
        var name = text.StartsWith("*.", StringComparison.Ordinal) ? text[2..] : text;
        return text == Every
            || (Uri.CheckHostName(name) != UriHostNameType.Unknown && !(name.Contains(':', StringComparison.Ordinal) && name[0] != '['));
    }
}
