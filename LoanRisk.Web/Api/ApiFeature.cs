using LoanRisk.Store;
using LoanRisk.Web.Bodies;
using LoanRisk.Web.Hosting;

namespace LoanRisk.Web.Api;

/// <summary>Registers the API for programs.</summary>
internal static class ApiFeature
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddControllers(mvc => mvc.ModelMetadataDetailsProviders.Add(new TextsAsSent()));
        builder.AddEncodedBodies(IncomingFiles.StandardMostBytes);
        builder.Services.AddSingleton<DataSummaries>();
        builder.Services.AddSingleton(services => new IncomingFiles(services.GetRequiredService<DataFolder>()));
    }

    /// <summary>
    /// Removes what uploads of a killed site left behind; after the store of decisions is open, which keeps any other site out of the data
    /// folder.
    /// </summary>
    public static void SweepUploads(this WebApplication app) =>
        app.Services.GetRequiredService<IncomingFiles>().Sweep(app.Services.GetRequiredService<ILogger<IncomingFiles>>());
}
