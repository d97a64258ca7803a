using LoanRisk.Lending.Challenge;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Models;
using LoanRisk.Web.Api.Documentation;

namespace LoanRisk.Web.Api;

/// <summary>A challenger beside what was answered to the newest applications.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">The challenger.</param>
/// <param name="From">When the first of the applications was decided; null when there are none.</param>
/// <param name="Until">When the last was.</param>
/// <param name="Applications">How many it answered.</param>
/// <param name="LeftOut">How many more the product, as it is now, does not take.</param>
/// <param name="Answers">How alike the answers are; null when there are none.</param>
/// <param name="Outcomes">Both against what became of the loans that were decided after the challenger was trained.</param>
internal sealed record ChallengerResponse(
    string Product,
    ModelResponse Model,
    DateTime? From,
    DateTime? Until,
    int Applications,
    int LeftOut,
    ChallengerAnswers? Answers,
    ChallengerOutcomes Outcomes)
{
    public static ChallengerResponse Of(LoanProduct product, ChallengerReport report) => new(
        product.Id,
        ProductResponse.ModelOf(report.Challenger.Package),
        report.From?.UtcDateTime,
        report.Until?.UtcDateTime,
        report.Answers?.Loans ?? 0,
        report.Unreadable,
        report.Answers is { } answers ? ChallengerAnswers.Of(answers) : null,
        ChallengerOutcomes.Of(report));
}

/// <summary>How alike the answers are.</summary>
/// <param name="AgreedShare">Share with the same decision.</param>
/// <param name="MeanGiven">Mean probability as answered.</param>
/// <param name="MeanChallenger">The challenger's.</param>
/// <param name="RankCorrelation">
/// Spearman's: 1 when both put the applicants in the same order; null when either says the same of all.
/// </param>
/// <param name="Decisions">How many applications got which pair of decisions; all nine pairs.</param>
/// <param name="Farthest">Where the probabilities lie farthest apart, the farthest first.</param>
internal sealed record ChallengerAnswers(
    [property: Share] double AgreedShare,
    [property: Share] double MeanGiven,
    [property: Share] double MeanChallenger,
    double? RankCorrelation,
    IReadOnlyList<DecisionPair> Decisions,
    IReadOnlyList<FarResponse> Farthest)
{
    public static ChallengerAnswers Of(DecisionComparison answers) => new(
        answers.AgreedShare, answers.MeanGiven, answers.MeanChallenger, answers.RankCorrelation,
        [.. answers.Outcomes.Select(pair => new DecisionPair(pair.Given, pair.Challenger, pair.Loans))],
        [.. answers.Farthest.Select(line => new FarResponse(line.DecisionId, line.Given.Probability, line.Challenger.Probability))]);
}

/// <summary>A pair of decisions.</summary>
/// <param name="Given">As answered.</param>
/// <param name="Challenger">The challenger's.</param>
/// <param name="Applications">How many got it.</param>
internal sealed record DecisionPair(Outcome Given, Outcome Challenger, int Applications);

/// <summary>One application and both probabilities.</summary>
/// <param name="DecisionId">The decision that was given.</param>
/// <param name="Given">The probability as answered.</param>
/// <param name="Challenger">The challenger's.</param>
internal sealed record FarResponse(string DecisionId, [property: Share] double Given, [property: Share] double Challenger);

/// <summary>Both against the outcomes of loans decided after the challenger was trained.</summary>
/// <param name="Known">Outcomes that were reported.</param>
/// <param name="Bad">Bad ones of them.</param>
/// <param name="Auc">Area under the ROC curve; null while good or bad loans are missing.</param>
/// <param name="LogLoss">Mean logarithmic loss; null while good or bad loans are missing.</param>
/// <param name="Brier">Brier score; null while good or bad loans are missing.</param>
internal sealed record ChallengerOutcomes(int Known, int Bad, MeasureResponse? Auc, MeasureResponse? LogLoss, MeasureResponse? Brier)
{
    public static ChallengerOutcomes Of(ChallengerReport report) => new(
        report.Known,
        report.KnownBad,
        MeasureResponse.Of(report.OnOutcomes?.Auc),
        MeasureResponse.Of(report.OnOutcomes?.LogLoss),
        MeasureResponse.Of(report.OnOutcomes?.Brier));
}

/// <summary>One measure of both.</summary>
/// <param name="Given">As answered.</param>
/// <param name="Challenger">The challenger's.</param>
/// <param name="Gain">By how much the challenger is better; negative when it is worse.</param>
/// <param name="Interval">Where 95 % of the resamples of the loans put the gain.</param>
internal sealed record MeasureResponse(double Given, double Challenger, double Gain, IntervalResponse Interval)
{
    public static MeasureResponse? Of(MetricDifference? difference) => difference is null
        ? null
        : new(difference.Champion, difference.Candidate, difference.Gain, IntervalResponse.Of(difference.Interval));
}
