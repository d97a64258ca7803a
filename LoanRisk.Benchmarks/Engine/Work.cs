namespace LoanRisk.Benchmarks.Engine;

/// <summary>Something the engine and LightGBM both do.</summary>
/// <param name="Name">What is done.</param>
/// <param name="Unit">What a figure counts, for example <c>ns/row</c>.</param>
/// <param name="PerRun">Units of time in a second, divided by what one run does; a run's seconds times this is the figure.</param>
/// <param name="Ours">One run of ours; answers a check sum.</param>
/// <param name="Native">One run of LightGBM's, null without it.</param>
/// <param name="Tolerance">How far the check sums may be apart, relative to their size; negative when they cannot be compared.</param>
internal sealed record Work(string Name, string Unit, double PerRun, Func<double> Ours, Func<double>? Native, double Tolerance);
