using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Promotion;

/// <summary>Is the candidate better?</summary>
internal static class BetterCheck
{
    private const string Name = "better";

    public static GateCheck ThanChampion(PromotionRule rule, ModelDifference difference)
    {
        var (word, measured) = rule.Metric switch
        {
            PromotionMetric.Auc => ("AUC", difference.Auc),
            PromotionMetric.Brier => ("Brier score", difference.Brier),
            _ => ("log loss", difference.LogLoss),
        };
        var judged = rule.MustBeSignificant ? measured.Interval.Low : measured.Gain;
        var passed = judged > rule.MinimumGain;
        var facts =
            $"{word} {measured.Candidate:0.00000} against the champion's {measured.Champion:0.00000} on "
                + $"{CountedNoun.Of(difference.Loans, "row")} that neither has seen: " +
            $"a gain of {measured.Gain:0.00000} (95 % interval {measured.Interval.Low:0.00000} to {measured.Interval.High:0.00000}).";
        var sentence = $"{facts} {Judgement(rule, passed, measured.Gain)}";
        return new GateCheck(Name, passed, sentence, new Dictionary<string, double>(StringComparer.Ordinal)
        {
            ["candidate"] = measured.Candidate,
            ["champion"] = measured.Champion,
            ["gain"] = measured.Gain,
            ["gainLow"] = measured.Interval.Low,
            ["gainHigh"] = measured.Interval.High,
            ["minimumGain"] = rule.MinimumGain,
            ["loans"] = difference.Loans,
        });
    }

    public static GateCheck ThanChance(ModelEvaluation evaluation)
    {
        var (auc, interval) = (evaluation.Metrics.Auc, evaluation.Intervals.Auc);
        var passed = interval.Low > 0.5;
        return new GateCheck(
            Name,
            passed,
            $"There is no champion to compare with. AUC {auc:0.00000} on {CountedNoun.Of(evaluation.Loans, "unseen row")} (95 % "
                + $"interval {interval.Low:0.00000} to {interval.High:0.00000}) " +
            (passed ? "is better than chance." : "is not shown to be better than chance, which is 0.5."),
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["candidate"] = auc, ["candidateLow"] = interval.Low, ["candidateHigh"] = interval.High, ["loans"] = evaluation.Loans,
            });
    }

    private static string Judgement(PromotionRule rule, bool passed, double gain)
    {
        var limit = rule.MinimumGain == 0 ? "0" : $"{rule.MinimumGain:R}";
        return (passed, rule.MustBeSignificant) switch
        {
            (true, true) => $"The whole interval lies above {limit}, as the rule asks.",
            (true, false) => $"The gain lies above {limit}, as the rule asks.",
            (false, _) when gain <= rule.MinimumGain => $"The rule asks for more than {limit}.",
            _ => $"The rule asks that the whole interval lies above {limit}: this gain may be chance.",
        };
    }
}
