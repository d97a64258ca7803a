namespace LoanRisk.Lending.Drift.Significance;

/// <summary>A test of whether two samples are of one distribution, and what it found.</summary>
/// <param name="Name">The test, as statisticians call it.</param>
/// <param name="Statistic">Its statistic: t, z, chi-square, U or D; null for a test that has none.</param>
/// <param name="DegreesOfFreedom">Of t and of chi-square; null otherwise.</param>
/// <param name="PValue">Probability of a statistic at least as far out when nothing has changed; two-sided.</param>
public sealed record SignificanceTest(string Name, double? Statistic, double? DegreesOfFreedom, double PValue);
