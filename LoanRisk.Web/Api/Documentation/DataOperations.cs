using LoanRisk.Lending.Products;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operation that joins a file to a product's data.</summary>
internal static class DataOperations
{
    public static OpenApiOperation Post(OpenApiDocument document, LoanProduct product) => new()
    {
        OperationId = $"v1_{product.Id}_add_data",
        Summary = "Join a labelled CSV file to the product's data",
        Description = $"The body is the file, at most {IncomingFiles.StandardMostBytes / 1024 / 1024} MB, "
            + "in UTF-8 or in the charset that the "
            + "Content-Type names; it may be packed with Content-Encoding gzip. It is known by its content: sent again, nothing is done. "
            + "Outcomes that were reported join too.",
        Tags = PredictOperations.Tag(document, product),
        RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["text/csv"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            },
        },
        Responses = ApiResponses.Of(
            document, 200, "What became of it.", ResponseSchemas.Of<UploadResponse>(document),
            (400, "The file is refused whole."),
            (413, "The file is too large, as it was sent or unpacked."),
            (415, "The body is not text/csv, its charset is not known, or its Content-Encoding is neither gzip nor identity."),
            (503, "Another ingest of the product is running, the data cannot be written, or the site has too much to do; "
                + "Retry-After says when to try again.")),
    };
}
