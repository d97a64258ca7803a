using LoanRisk.Pipeline.Tracking;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>What every job works with.</summary>
/// <param name="Folder">The data folder.</param>
/// <param name="Products">The folder of products.</param>
/// <param name="Registry">Where models are registered.</param>
/// <param name="Jobs">Where jobs are told.</param>
/// <param name="Clock">The time.</param>
internal sealed record JobServices(DataFolder Folder, string Products, ModelRegistry Registry, JobStore Jobs, TimeProvider Clock)
{
    /// <summary>Logs training elsewhere; null for nowhere.</summary>
    public MlflowTracker? Tracker { get; init; }
}
