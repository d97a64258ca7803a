namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>Good and bad loans at or above each distinct score, the riskiest first; every curve is drawn from these.</summary>
internal sealed class CumulativeOutcomes
{
    public CumulativeOutcomes(ScoredLoans loans)
    {
        var groups = loans.Counts.GroupCount;
        (Thresholds, Good, Bad) = (new double[groups + 1], new long[groups + 1], new long[groups + 1]);
        Thresholds[0] = BusinessScore.RefuseNobody;
        for (var i = 1; i <= groups; i++)
        {
            var group = groups - i;
            Thresholds[i] = loans.Scores[group];
            Good[i] = Good[i - 1] + loans.Counts.Good(group);
            Bad[i] = Bad[i - 1] + loans.Counts.Bad(group);
        }
    }

    /// <summary>Falling thresholds; the first refuses nobody.</summary>
    public double[] Thresholds { get; }

    /// <summary>Good loans at or above each.</summary>
    public long[] Good { get; }

    /// <summary>Bad loans at or above each.</summary>
    public long[] Bad { get; }

    public double GoodShare(int place) => (double)Good[place] / Good[^1];

    public double BadShare(int place) => (double)Bad[place] / Bad[^1];

    /// <summary>One number a place, from a first place on.</summary>
    public double[] Each(Func<int, double> number, int first = 0)
    {
        var numbers = new double[Thresholds.Length - first];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = number(first + i);
        }

        return numbers;
    }
}
