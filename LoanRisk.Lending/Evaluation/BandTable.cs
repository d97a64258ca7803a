using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Evaluation;

/// <summary>What the policy's bands would have done with scored loans; knock-out rules are left aside.</summary>
public sealed record BandTable(Band Approve, Band Refer, Band Decline)
{
    /// <summary>Counts loans by band.</summary>
    public static BandTable Of(ScoredLoans loans, double approveBelow, double declineFrom)
    {
        var (loansIn, badIn) = (new int[3], new int[3]);
        for (var g = 0; g < loans.Counts.GroupCount; g++)
        {
            var band = loans.Scores[g] < approveBelow ? 0 : loans.Scores[g] < declineFrom ? 1 : 2;
            loansIn[band] += loans.Counts.Good(g) + loans.Counts.Bad(g);
            badIn[band] += loans.Counts.Bad(g);
        }

        return new BandTable(Row(0), Row(1), Row(2));

        Band Row(int band) => new(loansIn[band], (double)loansIn[band] / loans.RowCount, loansIn[band] == 0 ? null : (double)badIn[band] / loansIn[band]);
    }

    /// <summary>Counts loans by the bands of a policy.</summary>
    public static BandTable Of(ScoredLoans loans, Policy policy) => Of(loans, policy.ApproveBelow, policy.DeclineFrom);
}

/// <summary>One band.</summary>
/// <param name="Loans">Loans in it.</param>
/// <param name="Share">Their share of all.</param>
/// <param name="BadRate">The share of them that turned bad; null when it is empty.</param>
public sealed record Band(int Loans, double Share, double? BadRate);
