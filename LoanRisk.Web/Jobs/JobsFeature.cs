using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Jobs;

/// <summary>Registers the jobs and who does them. The site's own process does none.</summary>
internal static class JobsFeature
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.AddSettings<JobOptions>();
        builder.Services.AddSingleton(services => JobStore.Open(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton(WorkerCommand.OfThisProgram());
        builder.Services.AddSingleton<JobSupervisor>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobSupervisor>());
    }
}
