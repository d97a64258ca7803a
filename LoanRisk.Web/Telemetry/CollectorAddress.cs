using System.Diagnostics.CodeAnalysis;

namespace LoanRisk.Web.Telemetry;

/// <summary>Where a collector takes telemetry.</summary>
/// <param name="Address">An address of http or https.</param>
internal sealed record CollectorAddress(Uri Address) : IParsable<CollectorAddress>
{
    /// <inheritdoc/>
    public static CollectorAddress Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var address) ? address : throw new FormatException($"'{s}' is no address of http or https.");

    /// <inheritdoc/>
    public static bool TryParse(
        [NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out CollectorAddress result)
    {
        result = Uri.TryCreate(s, UriKind.Absolute, out var address)
            && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                ? new CollectorAddress(address)
                : null;
        return result is not null;
    }
}
