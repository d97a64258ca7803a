using LoanRisk.Store.Jobs;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>What a worker has to tell.</summary>
public enum JobNewsKind
{
    /// <summary>It took a job.</summary>
    Begun,

    /// <summary>How far its job is.</summary>
    Progress,

    /// <summary>A job ended, whatever way.</summary>
    Ended,

    /// <summary>The program failed at a job.</summary>
    Defect,

    /// <summary>Jobs cannot be read or written; it tries again.</summary>
    Trouble,

    /// <summary>They can again.</summary>
    Mended,
}

/// <summary>Something that a worker tells.</summary>
/// <param name="Kind">What kind of news.</param>
/// <param name="Words">A sentence, or what the job is at.</param>
/// <param name="Job">The job it is about; null when it is about none.</param>
/// <param name="Share">The share of the job that is done, 0 to 1.</param>
/// <param name="Error">The defect, where it is one.</param>
public sealed record JobNews(JobNewsKind Kind, string Words, Job? Job = null, double Share = 0, Exception? Error = null);
