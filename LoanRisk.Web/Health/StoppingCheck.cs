using LoanRisk.Web.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Web.Health;

/// <summary>The site was not told to stop: one that was is not ready for more, though it answers what still comes.</summary>
internal sealed class StoppingCheck(Draining draining) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(draining.HasBegun
            ? HealthCheckResult.Unhealthy("The site was told to stop.")
            : HealthCheckResult.Healthy("serving"));
}
