namespace LoanRisk.TrialClient;

/// <summary>What is asked for.</summary>
/// <param name="Length">For how long.</param>
/// <param name="PerSecond">Requests a second, at most.</param>
/// <param name="Clients">Requests under way, at most.</param>
/// <param name="First">The number of the first application.</param>
internal sealed record LoadPlan(TimeSpan Length, int PerSecond, int Clients, int First);
