using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operations that a platform asks.</summary>
internal static class HealthOperations
{
    public static OpenApiOperation Live() => new()
    {
        OperationId = "health_live",
        Summary = "The process answers",
        Responses = new OpenApiResponses { ["200"] = new OpenApiResponse { Description = "It does." } },
    };

    public static OpenApiOperation Ready() => new()
    {
        OperationId = "health_ready",
        Summary = "Decisions can be given",
        Description = "Each model scored its golden row as its manifest says, and the database answers.",
        Responses = new OpenApiResponses
        {
            ["200"] = new OpenApiResponse { Description = "They can." },
            ["503"] = new OpenApiResponse { Description = "They cannot; the answer names the product and the cause." },
        },
    };
}
