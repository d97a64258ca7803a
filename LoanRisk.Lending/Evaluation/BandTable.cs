using LoanRisk.Lending.Decisions;

namespace LoanRisk.Lending.Evaluation;

/// <summary>What the policy's bands would have done with scored loans; knock-out rules are left aside.</summary>
public sealed record BandTable(Band Approve, Band Refer, Band Decline)
{
    /// <summary>Counts loans by band.</summary>
    public static BandTable Of(ScoredLoans loans, Thresholds thresholds)
    {
        var (loansIn, badIn) = (new int[3], new int[3]);
        for (var g = 0; g < loans.Counts.GroupCount; g++)
        {
            var band = (int)thresholds.OutcomeOf(loans.Scores[g]);
            loansIn[band] += loans.Counts.Good(g) + loans.Counts.Bad(g);
            badIn[band] += loans.Counts.Bad(g);
        }

        return new BandTable(Row(Outcome.Approve), Row(Outcome.Refer), Row(Outcome.Decline));

        Band Row(Outcome outcome)
        {
            var (all, bad) = (loansIn[(int)outcome], badIn[(int)outcome]);
            return new Band(all, (double)all / loans.RowCount, all == 0 ? null : (double)bad / all);
        }
    }
}

/// <summary>One band.</summary>
/// <param name="Loans">Loans in it.</param>
/// <param name="Share">Their share of all.</param>
/// <param name="BadRate">The share of them that turned bad; null when it is empty.</param>
public sealed record Band(int Loans, double Share, double? BadRate);
