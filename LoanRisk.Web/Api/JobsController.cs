using System.Security.Cryptography;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Jobs;
using LoanRisk.Web.Access;
using LoanRisk.Web.Jobs;
using LoanRisk.Web.Problems;
using LoanRisk.Web.Serving;
using Microsoft.AspNetCore.Mvc;

namespace LoanRisk.Web.Api;

/// <summary>Starts training jobs on ingested data, tells how far they are, and cancels them.</summary>
public sealed class JobsController(
    ProductCatalog catalog, DataSetStore data, JobStore jobs, JobSupervisor supervisor, TimeProvider clock)
    : ApiController
{
    /// <summary>Bytes a request may have.</summary>
    internal const int MaxRequestBytes = 4 * 1024;

    /// <summary>Jobs that may wait at a time.</summary>
    internal const int MostWaiting = 20;

    [HttpPost("/api/v1/products/{product}/jobs")]
    public async Task<IActionResult> Post([FromRoute] string product)
    {
        if (catalog.Find(product) is not { } found)
        {
            return Answer(ProductProblems.Unknown(product, catalog));
        }

        using var body = await JsonBody.ReadTextsAsync(Request, MaxRequestBytes);
        if (body.Problem is { } unreadable)
        {
            return Answer(unreadable);
        }

        var (request, problem) = JobRequest.Read(body.Root);
        return problem is null ? Start(found, request!) : Answer(problem);
    }

    [HttpRead("/api/v1/jobs/{id}")]
    public IActionResult Get([FromRoute] string id) => Find(id) is { } job
        ? Answer(JobResponse.Of(supervisor.Latest(job)))
        : Answer(Unknown);

    [HttpDelete("/api/v1/jobs/{id}")]
    public IActionResult Delete([FromRoute] string id)
    {
        if (Find(id) is null)
        {
            return Answer(Unknown);
        }

        return supervisor.Cancel(id)
            ? Accepted(jobs.Find(id)!)
            : Answer(new ApiProblem(StatusCodes.Status409Conflict, "The job is over; there is nothing to cancel."));
    }

    // Of a product that the key is not for, there are no jobs.
    private Job? Find(string id) => jobs.Find(id) is { } job && MayUse(job.Product) ? job : null;

    private JsonResult Start(LoanProduct product, JobRequest request)
    {
        var versions = data.Versions(product.Id);
        if (versions.Count == 0)
        {
            return Answer(FiguresController.NoData(product) with { Status = StatusCodes.Status409Conflict });
        }

        if (request.DataVersion > versions[^1].Version)
        {
            return Answer(ApiProblem.OfFields([new(
                "dataVersion",
                FieldProblemKind.OutOfRange,
                $"{product.Name} has no data version {request.DataVersion}; the newest is {versions[^1].Version}.")]));
        }

        var arguments = new JobArguments(request.DataVersion ?? versions[^1].Version, request.Seed, request.Trials)
        {
            Trainer = request.Trainer,
        };
        var job = new Job(
            RandomNumberGenerator.GetHexString(32, lowercase: true),
            product.Id,
            request.Kind,
            arguments.ToJson(),
            JobState.Queued,
            0,
            "",
            null,
            clock.GetUtcNow(),
            Caller.NameOf(HttpContext),
            null,
            null);
        if (!jobs.Add(job, MostWaiting))
        {
            return Answer(new ApiProblem(
                StatusCodes.Status409Conflict,
                $"{MostWaiting} jobs wait already; try again when some are done, or cancel one."));
        }

        supervisor.Wake();
        return Accepted(job);
    }

    private JsonResult Accepted(Job job)
    {
        Response.Headers.Location = $"/api/v1/jobs/{job.Id}";
        return new JsonResult(JobResponse.Of(job), ApiJson.Options) { StatusCode = StatusCodes.Status202Accepted };
    }

    private static ApiProblem Unknown =>
        new(StatusCodes.Status404NotFound, "There is no job of that id; an id stands in the answer to the request that started it.");
}
