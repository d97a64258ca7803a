namespace LoanRisk.Pipeline.Progress;

/// <summary>How far a step of a piece of work is.</summary>
/// <param name="Share">The share done, 0 to 1.</param>
/// <param name="Note">What else there is to say just now, or nothing.</param>
public readonly record struct StepState(double Share, string Note = "");
