using LoanRisk.Store.Jobs;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>What people are told of jobs, the same by every worker.</summary>
public static class JobWords
{
    /// <summary>A job whose worker was stopped, or is gone.</summary>
    public const string Interrupted = "The worker was stopped while this ran, and no model came of it. " + AskAgain;

    /// <summary>A job that was called off while it waited.</summary>
    public const string CancelledWaiting = "Cancelled before it began.";

    private const string AskAgain = "Ask for it again; a search goes on after the trials that were done.";

    /// <summary>A job whose worker ended by itself.</summary>
    /// <param name="how">How it ended, in words.</param>
    public static string Crashed(string how) => $"The worker that ran this {how}, and no model came of it. {AskAgain}";

    /// <summary>A job that was called off while it ran.</summary>
    public static string CancelledRunning(Job job) =>
        "Cancelled while it ran; nothing was registered."
        + (job.Kind == JobArguments.Tune ? " Asked for again, the search goes on after the trials that were done." : "");

    /// <summary>A job in the log.</summary>
    public static string Name(Job job) => $"Job {job.Id} ({job.Kind} {job.Product})";

    /// <summary>How a job ended, in the log.</summary>
    public static string Ended(Job job, JobEnd end) =>
        $"{Name(job)} {(end.State == JobState.Cancelled ? "was cancelled" : end.State == JobState.Done ? "is done" : "failed")}: "
            + end.Message;
}
