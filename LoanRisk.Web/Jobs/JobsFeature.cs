using LoanRisk.Store;
using LoanRisk.Store.Jobs;

namespace LoanRisk.Web.Jobs;

/// <summary>Registers the jobs and who does them.</summary>
internal static class JobsFeature
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => JobStore.Open(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton<JobWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<JobWorker>());
    }
}
