namespace LoanRisk.Tests.Web.Api.Fuzz;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record RawResponse(int Status, IReadOnlyDictionary<string, string> Headers, byte[] Body)
{
    public string Type => Headers.GetValueOrDefault("Content-Type", "").Split(';')[0];

    public bool Closes => Headers.GetValueOrDefault("Connection", "").Equals("close", StringComparison.OrdinalIgnoreCase);

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
