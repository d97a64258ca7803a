using LoanRisk.Web.Disk;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Web.Health;

/// <summary>Whether what is kept will last. A site whose disk is emptied at the next restart is ready all the same, and says so.</summary>
internal sealed class DiskCheck(StorageWarnings warnings) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(warnings.All.Count == 0
            ? HealthCheckResult.Healthy("ready")
            : HealthCheckResult.Degraded(string.Join(' ', warnings.All.Select(warning => warning.Sentence))));
}
