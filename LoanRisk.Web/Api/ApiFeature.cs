namespace LoanRisk.Web.Api;

/// <summary>Registers the API for programs.</summary>
internal static class ApiFeature
{
    public static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddControllers();
        builder.Services.AddSingleton(new OperationsRule(builder.Configuration)); // a wrong setting stops the start
        builder.Services.AddSingleton<DataSummaries>();
    }
}
