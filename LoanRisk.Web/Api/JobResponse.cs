using LoanRisk.Store.Jobs;

namespace LoanRisk.Web.Api;

/// <summary>A job and where it stands; the model is the candidate that came of it.</summary>
internal sealed record JobResponse(
    string Id, string Product, string Kind, JobState State, double Progress, string Message, string? ModelId, DateTime RequestedAt, DateTime? StartedAt, DateTime? EndedAt)
{
    public static JobResponse Of(Job job) => new(
        job.Id, job.Product, job.Kind, job.State, job.Progress, job.Message, job.Result, job.RequestedAt.UtcDateTime, job.StartedAt?.UtcDateTime, job.EndedAt?.UtcDateTime);
}
