using LoanRisk.Store.Models;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Web.Health;

/// <summary>The second database, of models, data and jobs, stands in its place and answers.</summary>
internal sealed class ModelDatabaseCheck(ModelRegistry registry) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(registry.Trouble() is { } trouble ? HealthCheckResult.Unhealthy(trouble) : HealthCheckResult.Healthy("ready"));
}
