using LoanRisk.Pipeline.Drift;
using LoanRisk.Store;
using LoanRisk.Store.Drift;

namespace LoanRisk.Web.Drift;

/// <summary>Registers the watch over decisions.</summary>
internal static class DriftFeature
{
    public static void AddDrift(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => DriftWindowStore.Open(services.GetRequiredService<DataFolder>()));
        builder.Services.AddSingleton<DriftWatch>();
        builder.Services.AddSingleton<DriftService>();
        builder.Services.AddHostedService<DriftWatcher>();
    }
}
