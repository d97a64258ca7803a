namespace LoanRisk.Web.Api.Documentation;

/// <summary><c>/openapi/v1.json</c>, written from the product files, and Swagger UI at <c>/swagger</c>, which needs no network.</summary>
internal static class ApiDocumentation
{
    public const string Address = "/openapi/v1.json";

    public static void AddApiDocumentation(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi("v1", options => options.AddDocumentTransformer<ApiDescription>());

    public static void UseApiDocumentation(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json");
        app.UseSwaggerUI(swagger =>
        {
            swagger.DocumentTitle = "LoanRisk API";
            swagger.InjectStylesheet("/css/swagger.css");
            swagger.SwaggerEndpoint(Address, "LoanRisk API v1");
        });
    }
}
