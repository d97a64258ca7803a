using LoanRisk.Lending.Models;

namespace LoanRisk.Pipeline.Figures;

/// <summary>Which rows the figures of two packages are of.</summary>
public static class TestRows
{
    /// <summary>
    /// Both were measured on the same rows: the same file or data version, and as many good and bad rows kept for the test. Which rows that
    /// are depends on the data alone, not on the seed; another version of the program that chose them otherwise shows in their number.
    /// </summary>
    public static bool AreSame((ModelPackage Package, ModelMetrics Figures) first, (ModelPackage Package, ModelMetrics Figures) second) =>
        first.Package.Manifest.DataSha256 == second.Package.Manifest.DataSha256
            && first.Figures.TestLoans is { } loans
            && loans == second.Figures.TestLoans;
}
