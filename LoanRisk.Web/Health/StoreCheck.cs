using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.Web.Health;

/// <summary>The database answers, and decisions can be stored in it.</summary>
internal sealed class StoreCheck(DecisionStore store) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        if (store.Trouble is { } trouble)
        {
            return HealthCheckResult.Unhealthy(trouble);
        }

        try
        {
            await store.NewestAsync(1, cancellationToken: cancellationToken);
            return HealthCheckResult.Healthy("ready");
        }
        catch (StoreException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }
}
