using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Trees.Threading;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>Takes a CSV file and joins it to a product's data, as <c>loanrisk ingest</c> does with a folder.</summary>
public sealed class DataController(
    ProductCatalog catalog,
    DataFolder folder,
    IncomingFiles incoming,
    DataSetStore data,
    WorkThreads threads,
    TimeProvider clock) : ApiController
{
    private const string FileName = "upload.csv";

    // A young file whose last line has no end counts as half-written; a body that was read to its end is whole.
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(1);

    [HttpPost("/api/v1/products/{product}/data")]
    [DisableRequestSizeLimit] // counted here: the server would only cut the body off
    public async Task<IActionResult> Post([FromRoute] string product)
    {
        if (catalog.Find(product) is not { } found)
        {
            return Answer(ProductProblems.Unknown(product, catalog));
        }

        var (text, problem) = UploadedText.Of(Request);
        return problem is null ? await Ingest(found, text!) : Answer(problem);
    }

    private ApiProblem TooLarge(LoanProduct product) => ApiProblem.TooLarge(
        $"The file is larger than {incoming.MostBytes:N0} bytes; send it in parts, each with the header, or join it with `loanrisk "
            + $"ingest {product.Id} --from DIR`.");

    private async Task<IActionResult> Ingest(LoanProduct product, UploadedText text)
    {
        if (Request.ContentLength > incoming.MostBytes)
        {
            return Answer(TooLarge(product));
        }

        var place = incoming.Begin();
        try
        {
            if (!await text.SaveAsync(Path.Combine(place, FileName), incoming.MostBytes))
            {
                return Answer(TooLarge(product));
            }

            System.IO.File.SetLastWriteTimeUtc(Path.Combine(place, FileName), (clock.GetUtcNow() - LongAgo).UtcDateTime);
            var result = await threads.Run(() =>
            {
                var input = new IngestInput(place, DecidedLoans.WithOutcome(folder, product.Id));
                return IngestRun.Run(product, input, data, new IngestOptions(clock.GetUtcNow()), HttpContext.RequestAborted);
            });
            return Uploaded(result);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private JsonResult Uploaded(IngestResult result)
    {
        var upload = result.Files.First(file => file.Name == FileName);
        return upload.Outcome == FileOutcome.Refused
            ? Answer(ApiProblem.Malformed($"The file is refused whole: {upload.Cause}"))
            : Answer(UploadResponse.Of(upload, result, upload.File is { } file ? data.Rejected(file.Product, file.Sha256) : []));
    }
}
