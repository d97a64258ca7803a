using LoanRisk.Web.Problems;

namespace LoanRisk.Web.Api.Documentation;

/// <summary><c>/openapi/v1.json</c>, written from the product files, and Swagger UI at <c>/swagger</c>, which needs no network.</summary>
internal static class ApiDocumentation
{
    public const string Address = "/openapi/v1.json";

    public static void AddApiDocumentation(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(json => ApiJson.Configure(json.SerializerOptions));
        builder.Services.AddOpenApi("v1", options =>
        {
            options.CreateSchemaReferenceId = type => ResponseSchemas.NameOf(type.Type);
            options.AddSchemaTransformer<ResponseSchemaRules>();
            options.AddDocumentTransformer<ApiDescription>();
        });
    }

    public static void UseApiDocumentation(this WebApplication app)
    {
        app.MapOpenApi(Address).WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]));
        app.UseWhen(IsHeadOfSwagger, swagger => swagger.Use((context, next) =>
        {
            context.Request.Method = HttpMethods.Get; // Swagger UI knows no other; the server sends no body after HEAD all the same
            return next(context);
        }));
        app.UseSwaggerUI(swagger =>
        {
            swagger.DocumentTitle = "LoanRisk API";
            swagger.InjectStylesheet("/css/swagger.css");
            swagger.SwaggerEndpoint(Address, "LoanRisk API v1");
        });
    }

    private static bool IsHeadOfSwagger(HttpContext context) =>
        HttpMethods.IsHead(context.Request.Method)
            && context.Request.Path.StartsWithSegments("/swagger", StringComparison.OrdinalIgnoreCase);
}
