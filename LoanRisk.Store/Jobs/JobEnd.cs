namespace LoanRisk.Store.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="State">Done, failed or cancelled.</param>
/// <param name="Message">In words.</param>
/// <param name="Result">What came of it; null when nothing did.</param>
public sealed record JobEnd(JobState State, string Message, string? Result = null);
