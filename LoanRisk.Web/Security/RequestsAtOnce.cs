using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Security;

/// <summary>How many requests are worked on at a time, and as many again wait for them.</summary>
public sealed class RequestsAtOnce(IOptions<SecurityOptions> options) : IDisposable
{
    /// <summary>The setting that holds the number.</summary>
    public const string Setting = "LoanRisk:RequestsAtOnce";

    // Decisions that wait for the disk cost nothing, and those that wait together share one write.
    private const int PerCore = 64;

    /// <summary>The number unless it is set.</summary>
    internal static int Default { get; } = PerCore * Environment.ProcessorCount;

    /// <summary>Lets requests in; null when there is no limit.</summary>
    internal ConcurrencyLimiter? Limiter { get; } = Of(options.Value.RequestsAtOnce);

    /// <summary>Ends the waiting.</summary>
    public void Dispose() => Limiter?.Dispose();

    private static ConcurrencyLimiter? Of(int most) =>
        most == 0 ? null : new ConcurrencyLimiter(new ConcurrencyLimiterOptions
        {
            PermitLimit = most, QueueLimit = most, QueueProcessingOrder = QueueProcessingOrder.OldestFirst
        });
}
