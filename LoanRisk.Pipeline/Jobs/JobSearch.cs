using LoanRisk.Pipeline.Tune;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Trials;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>
/// The search a job makes. Each has the id of the job that began it, so that those of the site's jobs are told from those of the console,
/// which may be running.
/// </summary>
/// <param name="Study">The search.</param>
/// <param name="TrialsBefore">Trials that an earlier job has done.</param>
internal sealed record JobSearch(Study Study, int TrialsBefore)
{
    private const int IdLength = 12;

    /// <summary>
    /// The unfinished search of an earlier job that asked for the same and ended without a model; else a new one. While another worker is
    /// at a job that asked for the same, that one has the earlier search: of two that begin at a time both see the other, or the later one
    /// does.
    /// </summary>
    public static JobSearch For(Job job, WantedSearch wanted, JobStore jobs, TrialStore trials, DateTimeOffset now)
    {
        var asked = wanted.Settings.ToJson();
        var earlier = jobs.IsRunningTwice(job)
            ? []
            : jobs.Fruitless(job.Product, job.Kind, job.Arguments).Select(IdOf).ToHashSet(StringComparer.Ordinal);
        var unfinished = trials.Studies(job.Product)
            .Where(study => study.EndedAt is null && study.DataId == wanted.DataId && study.Settings == asked);
        if (unfinished.FirstOrDefault(study => earlier.Contains(study.Id)) is { } left)
        {
            return new JobSearch(left, trials.Trials(left.Id).Count);
        }

        var study = new Study(IdOf(job), job.Product, wanted.DataId, asked, now);
        trials.Begin(study);
        return new JobSearch(study, 0);
    }

    private static string IdOf(Job job) => job.Id[..Math.Min(IdLength, job.Id.Length)];
}

/// <summary>What a search is made for.</summary>
/// <param name="DataId">Hash of the data.</param>
/// <param name="Settings">How many trials, and the seed.</param>
internal sealed record WantedSearch(string DataId, TuneSettings Settings);
