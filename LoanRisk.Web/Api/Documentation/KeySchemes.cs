using LoanRisk.Web.Access;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>How the document says that a key is needed, and with which scope.</summary>
internal static class KeySchemes
{
    private const string Bearer = "bearer", Basic = "basic";

    /// <summary>Both ways to show a key; one is enough.</summary>
    public static void AddTo(OpenApiDocument document)
    {
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "The whole key, `lr_ID_SECRET`.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(Basic, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "basic", Description = "The key's id as the name, its secret as the password.",
        });
        document.Security = [Requirement(document, Bearer), Requirement(document, Basic)];
    }

    /// <summary>Names the scopes of an operation; one that everybody may call needs no key.</summary>
    public static void Describe(OpenApiOperation operation, string address, HttpMethod method)
    {
        if (AccessTable.LineOf(address, method.Method) is not { IsOpen: false } line)
        {
            operation.Security = [];
            return;
        }

        if (line.Scopes.Count == Store.People.Scopes.All.Count && !line.Route.Contains("{product}", StringComparison.Ordinal))
        {
            operation.Responses?.Remove("403"); // every key may
        }

        var scopes = line.Scopes.Count == Store.People.Scopes.All.Count
            ? "Any scope will do."
            : $"Scope: {string.Join(" or ", line.Scopes.Select(scope => $"`{scope}`"))}.";
        operation.Description = operation.Description is { Length: > 0 } words ? $"{words} {scopes}" : scopes;
    }

    private static OpenApiSecurityRequirement Requirement(OpenApiDocument document, string scheme) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, document)] = [] };
}
