using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Ingest;
using Microsoft.OpenApi;
using static LoanRisk.Web.Api.Documentation.ResponseSchemas;
using static LoanRisk.Web.Api.Documentation.ReadingSchemas;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The operation that joins a file to a product's data.</summary>
internal static class DataOperations
{
    public static OpenApiOperation Post(OpenApiDocument document, LoanProduct product) => new()
    {
        OperationId = $"v1_{product.Id}_add_data",
        Summary = "Join a labelled CSV file to the product's data",
        Description = $"The body is the file, at most {IncomingFiles.StandardMostBytes / 1024 / 1024} MB, in UTF-8 or in the charset that the Content-Type names; it may be packed with Content-Encoding gzip. It is known by its content: sent again, nothing is done. Outcomes that were reported join too. Off unless `LoanRisk:Api:Operations` is true.",
        Tags = PredictOperations.Tag(document, product),
        RequestBody = new OpenApiRequestBody { Required = true, Content = new Dictionary<string, OpenApiMediaType> { ["text/csv"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String } } } },
        Responses = ApiResponses.Of(
            document, 200, "What became of it.", Answer(), (400, "The file is refused whole."), (403, DecisionOperations.OperationsOff), (413, "The file is too large, as it was sent or unpacked."),
            (415, "The body is not text/csv, its charset is not known, or its Content-Encoding is neither gzip nor identity."), (503, "Another ingest of the product is running, the data cannot be written, or the site has too much to do; Retry-After says when to try again.")),
    };

    private static OpenApiSchema Answer() => Object("What became of the file.", [
        ("outcome", Names<FileOutcome>("A refused file is a problem with status 400.")), ("sha256", Text("Hash of the file.")), ("rowsRead", Count("")), ("rowsKept", Count("")),
        ("rowsDuplicate", Count("Rows that were there already, letter for letter.")), ("rowsWithoutOutcome", Count("Rows whose loans have no outcome yet; they do not join.")), ("rowsRejected", Count("Rows that cannot be used.")),
        ("rejected", ListOf(Object("A row that cannot be used.", [("line", Count("")), ("cause", Text(""))]), $"The first {UploadResponse.MostRejected}; `rowsRejected` counts them all.")),
        ("notes", ListOf(Text(""), "What else is to be said of the file, in sentences: rows of loans that were there already, rows without an outcome.")),
        ("data", OrNull(FiguresSchemas.DataVersion())),
    ]);
}
