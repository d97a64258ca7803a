namespace LoanRisk.Store.Jobs;

/// <summary>How a worker stands with a job that it took.</summary>
public enum JobHold
{
    /// <summary>The job is the worker's.</summary>
    Held,

    /// <summary>It is, and somebody asked to call it off.</summary>
    CancelRequested,

    /// <summary>It is not: it was ended by another program, which took the worker for gone.</summary>
    Lost,
}
