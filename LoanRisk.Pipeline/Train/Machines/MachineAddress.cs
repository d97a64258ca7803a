using System.Globalization;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>Where a machine of a run listens.</summary>
/// <param name="Host">Its name or address; an IPv6 address without brackets.</param>
/// <param name="Port">Its port.</param>
public sealed record MachineAddress(string Host, int Port)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}");

    /// <summary>Reads HOST:PORT; null when it is none.</summary>
    internal static MachineAddress? Read(string text)
    {
        var colon = text.LastIndexOf(':');
        var host = colon > 0 ? text[..colon] : "";
        if (host is ['[', .. var inner, ']'])
        {
            host = inner;
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            return null; // an IPv6 address needs brackets before a port
        }

        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port is > 0 and <= ushort.MaxValue
                ? new MachineAddress(host, port)
                : null;
    }
}
