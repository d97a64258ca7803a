namespace LoanRisk.Training.Terminal;

/// <summary>How far a piece of work is.</summary>
/// <param name="Share">The share done, 0 to 1.</param>
/// <param name="Note">What else there is to say just now, or nothing.</param>
public readonly record struct WorkState(double Share, string Note = "");
