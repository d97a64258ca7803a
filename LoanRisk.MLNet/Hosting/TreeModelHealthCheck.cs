using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace LoanRisk.MLNet.Hosting;

/// <summary>
/// Unhealthy when the model cannot be loaded, or does not predict the golden row as it should; degraded while the newest content of the
/// file does not serve.
/// </summary>
internal sealed class TreeModelHealthCheck<TIn>(Func<TreeModelScorer<TIn>> scorer) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        try
        {
            return Check(scorer());
        }
        catch (TreeModelException e)
        {
            return HealthCheckResult.Unhealthy(e.Message);
        }
    }

    private static HealthCheckResult Check(TreeModelScorer<TIn> scorer) =>
        scorer.GoldenProblem() is { } wrong ? HealthCheckResult.Unhealthy(wrong)
        : scorer.Trouble is { } trouble ? HealthCheckResult.Degraded($"The model before serves: {trouble}")
        : HealthCheckResult.Healthy();
}
