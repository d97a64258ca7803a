using LoanRisk.Web.Api;

namespace LoanRisk.Tests.Web.Api;

/// <summary>A site that lets programs start work and change data.</summary>
public sealed class OpenSite : IAsyncDisposable
{
    public LoanRiskSite Site { get; } = new();

    public ValueTask DisposeAsync() => Site.DisposeAsync();
}
