using LoanRisk.Lending.Challenge;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Models;

namespace LoanRisk.Web.Api;

/// <summary>A challenger beside what was answered.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">The challenger.</param>
/// <param name="From">When the first of the applications was decided; null when there are none.</param>
/// <param name="Until">When the last was.</param>
/// <param name="Applications">How many were answered.</param>
/// <param name="LeftOut">How many the product, as it is now, does not take.</param>
/// <param name="Answers">The answers side by side; null when there are none.</param>
/// <param name="Outcomes">Both against what became of the loans.</param>
internal sealed record ChallengerResponse(string Product, ModelResponse Model, DateTime? From, DateTime? Until, int Applications, int LeftOut, ChallengerResponses? Answers, ChallengerOutcomes Outcomes)
{
    public static ChallengerResponse Of(LoanProduct product, ChallengerReport report)
    {
        var package = report.Challenger.Package;
        return new ChallengerResponse(
            product.Id, new ModelResponse(package.Id[..12], package.Manifest.CodeVersion, package.Manifest.TrainedAt.UtcDateTime), report.From?.UtcDateTime, report.Until?.UtcDateTime,
            report.Answers?.Loans ?? 0, report.Unreadable, report.Answers is { } answers ? ChallengerResponses.Of(answers) : null,
            new ChallengerOutcomes(report.Known, report.KnownBad, MeasureResponse.Of(report.OnOutcomes?.Auc), MeasureResponse.Of(report.OnOutcomes?.LogLoss), MeasureResponse.Of(report.OnOutcomes?.Brier)));
    }
}

/// <summary>How alike the answers are.</summary>
/// <param name="AgreedShare">Share with the same outcome.</param>
/// <param name="MeanGiven">Mean probability that was answered.</param>
/// <param name="MeanChallenger">The challenger's.</param>
/// <param name="RankCorrelation">Spearman's; null when either says the same of all.</param>
/// <param name="Decisions">How many applications got which pair.</param>
/// <param name="Farthest">The widest differences.</param>
internal sealed record ChallengerResponses(
    double AgreedShare, double MeanGiven, double MeanChallenger, double? RankCorrelation, IReadOnlyList<DecisionPair> Decisions, IReadOnlyList<FarResponse> Farthest)
{
    public static ChallengerResponses Of(DecisionComparison answers) => new(
        answers.AgreedShare, answers.MeanGiven, answers.MeanChallenger, answers.RankCorrelation,
        [.. answers.Outcomes.Select(pair => new DecisionPair(pair.Given, pair.Challenger, pair.Loans))],
        [.. answers.Farthest.Select(line => new FarResponse(line.DecisionId, line.Given.Probability, line.Challenger.Probability))]);
}

/// <summary>How many applications got one decision as answered and one from the challenger.</summary>
internal sealed record DecisionPair(Outcome Given, Outcome Challenger, int Applications);

/// <summary>One application and both probabilities.</summary>
internal sealed record FarResponse(string DecisionId, double Given, double Challenger);

/// <summary>Both against the outcomes of loans decided after the challenger was trained; the measures are null while good or bad ones are missing.</summary>
internal sealed record ChallengerOutcomes(int Known, int Bad, MeasureResponse? Auc, MeasureResponse? LogLoss, MeasureResponse? Brier);

/// <summary>One measure of both, by how much the challenger is better, and how far that may lie by chance.</summary>
internal sealed record MeasureResponse(double Given, double Challenger, double Gain, Interval Interval)
{
    public static MeasureResponse? Of(MetricDifference? difference) => difference is null ? null : new(difference.Champion, difference.Candidate, difference.Gain, difference.Interval);
}
