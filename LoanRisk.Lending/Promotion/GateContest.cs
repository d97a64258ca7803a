namespace LoanRisk.Lending.Promotion;

/// <summary>Who wants to serve, and who does.</summary>
/// <param name="Candidate">The model that wants to serve.</param>
/// <param name="Champion">
/// The one that serves, measured on the same loans; null when there is none, and the candidate stands for itself.
/// </param>
public sealed record GateContest(GateModel Candidate, GateModel? Champion);
