using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Pipeline.Figures;

/// <summary>The policy's bands over the test rows, knock-out rules aside.</summary>
public sealed record BandReport(double ApproveBelow, double DeclineFrom, Band Approve, Band Refer, Band Decline)
{
    /// <summary>The bands of a policy over scored loans.</summary>
    public static BandReport Of(ScoredLoans loans, Policy policy)
    {
        var bands = BandTable.Of(loans, Thresholds.Of(policy));
        return new BandReport(policy.ApproveBelow, policy.DeclineFrom, bands.Approve, bands.Refer, bands.Decline);
    }
}
