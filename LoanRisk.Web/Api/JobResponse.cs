using System.ComponentModel.DataAnnotations;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store.Jobs;
using LoanRisk.Web.Api.Documentation;

namespace LoanRisk.Web.Api;

/// <summary>Work that is done in the background.</summary>
/// <param name="Id">Names the job.</param>
/// <param name="Product">Id of the product.</param>
/// <param name="Kind">Train with the product's parameters, or search parameters first.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Progress">The share done.</param>
/// <param name="Message">What it is at, or how it ended.</param>
/// <param name="ModelId">The registered candidate; null before the end.</param>
/// <param name="RequestedAt">When it was asked for, UTC.</param>
/// <param name="StartedAt">When it began, UTC; null while it waits.</param>
/// <param name="EndedAt">When it ended, UTC; null before that.</param>
internal sealed record JobResponse(
    string Id,
    string Product,
    [property: AllowedValues(JobArguments.Train, JobArguments.Tune)] string Kind,
    JobState State,
    [property: Share] double Progress,
    string Message,
    string? ModelId,
    DateTime RequestedAt,
    DateTime? StartedAt,
    DateTime? EndedAt)
{
    public static JobResponse Of(Job job) => new(
        job.Id,
        job.Product,
        job.Kind,
        job.State,
        job.Progress,
        job.Message,
        job.Result,
        job.RequestedAt.UtcDateTime,
        job.StartedAt?.UtcDateTime,
        job.EndedAt?.UtcDateTime);
}
