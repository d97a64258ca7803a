using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Evaluation.Curves;

/// <summary>
/// The curves of a set of probabilities, ready to be drawn: each has at most some 200 points, chosen so that straight lines between
/// them miss the full curve as little as possible; ends and extremes are always among them.
/// </summary>
public sealed record EvaluationCurves
{
    /// <summary>From refusing nobody to refusing everybody.</summary>
    public required IReadOnlyList<RocPoint> Roc { get; init; }

    /// <summary>From the riskiest loans alone to all of them. There is no point at recall 0, where precision means nothing.</summary>
    public required IReadOnlyList<PrecisionRecallPoint> PrecisionRecall { get; init; }

    /// <summary>Predicted against observed.</summary>
    public required IReadOnlyList<ReliabilityPoint> Reliability { get; init; }

    /// <summary>Cumulative shares of good and bad loans over the probability; the widest gap is one of the points.</summary>
    public required IReadOnlyList<KsPoint> Ks { get; init; }

    /// <summary>The point of <see cref="Ks"/> where the gap is widest.</summary>
    public required KsPoint KsWidest { get; init; }

    /// <summary>Share of the bad loans among the riskiest share of all loans.</summary>
    public required IReadOnlyList<GainPoint> Gain { get; init; }

    /// <summary>Mean cost a loan over the threshold; the cheapest threshold is one of the points.</summary>
    public required IReadOnlyList<CostPoint> Cost { get; init; }

    /// <summary>How the probabilities of good and of bad loans are spread.</summary>
    public required IReadOnlyList<ScoreBin> ScoreDistribution { get; init; }

    /// <summary>Draws the curves.</summary>
    /// <exception cref="InvalidOperationException">Good or bad loans are missing.</exception>
    public static EvaluationCurves Of(ScoredLoans loans, Policy policy)
    {
        loans.Counts.RequireBoth();
        var sums = new CumulativeOutcomes(loans);
        var ks = KsCurve.Of(sums);
        return new EvaluationCurves
        {
            Roc = ThresholdCurves.Roc(sums),
            PrecisionRecall = ThresholdCurves.PrecisionRecall(sums),
            Reliability = [.. CalibrationTable.Of(loans).Bins.Select(ReliabilityPoint.Of)],
            Ks = ks.Points,
            KsWidest = ks.Widest,
            Gain = ThresholdCurves.Gain(sums),
            Cost = ThresholdCurves.Cost(sums, policy),
            ScoreDistribution = ScoreHistogram.Of(loans),
        };
    }
}

/// <summary>One threshold of the ROC curve.</summary>
/// <param name="Threshold">Loans are refused from this probability on; 1 refuses nobody.</param>
/// <param name="FalseAlarms">Share of the good loans that are refused.</param>
/// <param name="Recall">Share of the bad loans that are refused.</param>
public sealed record RocPoint(double Threshold, double FalseAlarms, double Recall);

/// <summary>One threshold of the precision-recall curve.</summary>
/// <param name="Threshold">Loans are refused from this probability on.</param>
/// <param name="Recall">Share of the bad loans that are refused.</param>
/// <param name="Precision">Share of the refused loans that are bad.</param>
public sealed record PrecisionRecallPoint(double Threshold, double Recall, double Precision);

/// <summary>A bin of the reliability curve.</summary>
/// <param name="Loans">Loans in it.</param>
/// <param name="Predicted">Their mean probability.</param>
/// <param name="Observed">The share of them that turned bad.</param>
/// <param name="ObservedInterval">Wilson's 95 % interval of that share.</param>
public sealed record ReliabilityPoint(int Loans, double Predicted, double Observed, Interval ObservedInterval)
{
    internal static ReliabilityPoint Of(CalibrationBin bin) =>
        new(bin.Loans, bin.Predicted, bin.Observed, WilsonInterval.Of((long)Math.Round(bin.Observed * bin.Loans), bin.Loans));
}

/// <summary>One probability of the KS curves.</summary>
/// <param name="Probability">The probability.</param>
/// <param name="GoodShare">Share of the good loans at or below it.</param>
/// <param name="BadShare">Share of the bad loans at or below it.</param>
public sealed record KsPoint(double Probability, double GoodShare, double BadShare);

/// <summary>A point of the gain curve.</summary>
/// <param name="LoanShare">Share of all loans, the riskiest first.</param>
/// <param name="BadShare">Share of the bad loans among them.</param>
public sealed record GainPoint(double LoanShare, double BadShare);

/// <summary>A threshold and what it costs.</summary>
/// <param name="Threshold">Loans are refused from this probability on; 1 refuses nobody.</param>
/// <param name="CostPerLoan">Mean cost a loan, in the unit of the cost matrix.</param>
public sealed record CostPoint(double Threshold, double CostPerLoan);

/// <summary>A bin of the score distribution.</summary>
/// <param name="From">Lowest probability in it.</param>
/// <param name="To">Where the next begins; the last bin includes its end and holds everything above the others.</param>
/// <param name="GoodShare">Share of the good loans in it.</param>
/// <param name="BadShare">Share of the bad loans in it.</param>
public sealed record ScoreBin(double From, double To, double GoodShare, double BadShare);
