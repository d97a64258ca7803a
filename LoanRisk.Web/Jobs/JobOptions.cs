using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Jobs;

/// <summary>The settings of who does jobs.</summary>
internal sealed class JobOptions
{
    /// <summary>Who does the jobs that wait.</summary>
    [Setting("LoanRisk:Jobs", "allowed are child and none", Variable = "LOANRISK_JOBS")]
    public WorkersName Workers { get; set; } = new(JobWorkers.Child);
}
