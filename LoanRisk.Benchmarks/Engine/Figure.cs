namespace LoanRisk.Benchmarks.Engine;

/// <summary>One line of the comparison: what was measured of us and of LightGBM. Less is better.</summary>
/// <param name="Work">What is done.</param>
/// <param name="Unit">What the figures count, for example <c>ns/row</c>.</param>
/// <param name="Ours">Our figure.</param>
/// <param name="Native">LightGBM's, null where there is none.</param>
internal sealed record Figure(string Work, string Unit, double Ours, double? Native = null);
