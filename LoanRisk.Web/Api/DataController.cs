using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Training.Ingest;
using LoanRisk.Trees.Threading;
using LoanRisk.Web.Desk;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;

namespace LoanRisk.Web.Api;

/// <summary>Takes a CSV file and joins it to a product's data, as <c>loanrisk ingest</c> does with a folder.</summary>
public sealed class DataController(ProductShelf shelf, DataFolder folder, IncomingFiles incoming, DataSetStore data, OperationsRule operations, WorkThreads threads, TimeProvider clock) : ApiController
{
    private const string FileName = "upload.csv";

    // A young file whose last line has no end counts as half-written; a body that was read to its end is whole.
    private static readonly TimeSpan LongAgo = TimeSpan.FromMinutes(1);

    [HttpPost("/api/v1/products/{product}/data")]
    [DisableRequestSizeLimit] // counted here: the server would only cut the body off
    public async Task<IActionResult> Post([FromRoute] string product)
    {
        if (operations.Refusal is { } refusal)
        {
            return Answer(refusal);
        }

        if (shelf.Find(product) is not { } found)
        {
            return Answer(ApiProblem.UnknownProduct(product, shelf));
        }

        return IsCsv ? await Ingest(found) : Answer(ApiProblem.UnsupportedType("Send the file as it is, with the Content-Type text/csv."));
    }

    private bool IsCsv => MediaTypeHeaderValue.TryParse(Request.ContentType, out var type) && type.MediaType.Equals("text/csv", StringComparison.OrdinalIgnoreCase);

    private ApiProblem TooLarge(LoanProduct product) => ApiProblem.TooLarge(
        $"The file is larger than {incoming.MostBytes:N0} bytes; send it in parts, each with the header, or join it with `loanrisk ingest {product.Id} --from DIR`.");

    private async Task<IActionResult> Ingest(LoanProduct product)
    {
        if (Request.ContentLength > incoming.MostBytes)
        {
            return Answer(TooLarge(product));
        }

        var place = incoming.Begin();
        try
        {
            if (!await Keep(Path.Combine(place, FileName)))
            {
                return Answer(TooLarge(product));
            }

            System.IO.File.SetLastWriteTimeUtc(Path.Combine(place, FileName), (clock.GetUtcNow() - LongAgo).UtcDateTime);
            var result = await threads.Run(() => IngestRun.Run(product, place, DecidedLoans.WithOutcome(folder, product.Id), data, clock.GetUtcNow(), cancellationToken: HttpContext.RequestAborted));
            return Tell(result);
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private JsonResult Tell(IngestResult result)
    {
        var upload = result.Files.First(file => file.Name == FileName);
        return upload.Outcome == FileOutcome.Refused
            ? Answer(ApiProblem.Malformed($"The file is refused whole: {upload.Cause}"))
            : Answer(UploadAnswer.Of(upload, result, upload.File is { } file ? data.Rejected(file.Product, file.Sha256) : []));
    }

    /// <summary>Writes the body to a file; false when it is too large.</summary>
    /// <exception cref="StoreException">The disk is full.</exception>
    private async Task<bool> Keep(string path)
    {
        await using var file = IncomingFiles.Create(path);
        var chunk = new byte[81920];
        for (int read; (read = await Request.Body.ReadAsync(chunk, HttpContext.RequestAborted)) > 0;)
        {
            if (file.Length + read > incoming.MostBytes)
            {
                return false;
            }

            await Write(file, chunk.AsMemory(0, read));
        }

        return true;
    }

    private async Task Write(FileStream file, ReadOnlyMemory<byte> chunk)
    {
        try
        {
            await file.WriteAsync(chunk, HttpContext.RequestAborted);
        }
        catch (IOException e)
        {
            throw StoreException.OfFile(e, file.Name);
        }
    }
}
