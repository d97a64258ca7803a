using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Promotion;
using LoanRisk.Pipeline.Models;

namespace LoanRisk.Tests.Lending.Promotion;

/// <summary>Whether a candidate is better than the champion.</summary>
[Slow]
public sealed class PromotionGateTests : GateTests
{
    [Fact]
    public void A_better_honest_candidate_passes_with_a_sentence_and_figures_for_each_check()
    {
        var verdict = Judge(Loans.Signal, Loans.Blurred);

        Assert.True(verdict.Passed, string.Join('\n', verdict.Objections()));
        Assert.Equal(["better", "calibrationSlope", "calibrationError", "monotone", "schema"], verdict.Checks.Select(c => c.Name));
        Assert.Empty(verdict.Objections());
        var better = verdict.Checks[0];
        Assert.True(better.Figures["gainLow"] > 0);
        Assert.Equal(better.Figures["candidate"] - better.Figures["champion"], better.Figures["gain"], 1e-12);
        Assert.Contains("4,000 rows that neither has seen", better.Sentence);
        Assert.All(verdict.Checks, c => Assert.EndsWith(".", c.Sentence));
    }

    [Fact]
    public void A_worse_candidate_stays_out()
    {
        var better = Judge(Loans.Blurred, Loans.Signal).Checks[0];

        Assert.False(better.Passed);
        Assert.True(better.Figures["gain"] < 0);
        Assert.EndsWith("The rule asks for more than 0.", better.Sentence);
    }

    [Fact]
    public void The_champion_is_not_better_than_itself_whatever_the_rule()
    {
        foreach (var metric in Enum.GetValues<PromotionMetric>())
        {
            foreach (var significant in new[] { true, false })
            {
                var product = Product with { Promotion = PromotionRule.Default with { Metric = metric, MustBeSignificant = significant } };
                Assert.False(Judge(Loans.Signal, Loans.Signal, product).Passed);
            }
        }
    }

    [Fact]
    public void A_gain_that_may_be_chance_passes_only_where_the_rule_does_not_mind()
    {
        var (signal, _, bad) = Draw(400, 72);
        var random = new SeededRandom(73);
        var champion = Array.ConvertAll(signal, p => Math.Clamp(p + (0.03 * (random.NextDouble() - 0.5)), 0.001, 0.999));
        var gain = ModelDifference.Of(signal, champion, bad, new Resampling(1, 200)).Auc;
        var (candidate, other) = gain.Gain > 0 ? (signal, champion) : (champion, signal);

        var strict = PromotionGate.Judge(Product, new GateContest(Model(candidate), Model(other)), bad, new Resampling(1, 200))[0];
        var lax = PromotionGate.Judge(
            Product with
            {
                Promotion = PromotionRule.Default with { MustBeSignificant = false },
            }, new GateContest(Model(candidate), Model(other)), bad,
            new Resampling(1, 200))[0];

        Assert.False(strict.Passed);
        Assert.EndsWith("this gain may be chance.", strict.Sentence);
        Assert.True(lax.Passed);
        Assert.True(lax.Figures["gain"] > 0 && lax.Figures["gainLow"] < 0);
    }

    [Fact]
    public void The_gain_must_reach_beyond_the_products_minimum()
    {
        var gain = Judge(Loans.Signal, Loans.Blurred).Checks[0].Figures["gainLow"];

        Assert.True(
            Judge(
                Loans.Signal,
                Loans.Blurred,
                Product with { Promotion = PromotionRule.Default with { MinimumGain = gain * 0.99 } }).Checks[0].Passed);
        Assert.False(
            Judge(
                Loans.Signal,
                Loans.Blurred,
                Product with { Promotion = PromotionRule.Default with { MinimumGain = gain } }).Checks[0].Passed);
    }

    [Fact]
    public void Each_metric_is_the_one_that_is_judged()
    {
        // Halved log-odds: the same order, hence the same AUC, but worse probabilities.
        var timid = Array.ConvertAll(Loans.Signal, p => 1 / (1 + Math.Sqrt((1 - p) / p)));

        Assert.False(Judge(Loans.Signal, timid).Checks[0].Passed);
        Assert.True(
            Judge(
                Loans.Signal,
                timid,
                Product with { Promotion = PromotionRule.Default with { Metric = PromotionMetric.Brier } }).Checks[0].Passed);
        Assert.True(
            Judge(
                Loans.Signal,
                timid,
                Product with { Promotion = PromotionRule.Default with { Metric = PromotionMetric.LogLoss } }).Checks[0].Passed);
        Assert.Contains(
            "Brier score",
            Judge(
                Loans.Signal,
                timid,
                Product with { Promotion = PromotionRule.Default with { Metric = PromotionMetric.Brier } }).Checks[0].Sentence);
    }

    [Fact]
    public void The_first_model_stands_for_itself()
    {
        var verdict = Over(PromotionGate.Judge(Product, new GateContest(Model(Loans.Signal), null), Loans.Bad, new Resampling(1, 200)));
        var random = new SeededRandom(75);
        var guesses = Array.ConvertAll(Loans.Signal, _ => 0.1 + (0.2 * random.NextDouble()));
        var guess = Over(PromotionGate.Judge(Product, new GateContest(Model(guesses), null), Loans.Bad, new Resampling(1, 200)));

        Assert.True(verdict.Passed);
        Assert.StartsWith("There is no champion to compare with.", verdict.Checks[0].Sentence);
        Assert.EndsWith("not shown to be better than chance, which is 0.5.", Failed(guess, "better").Sentence);
    }

    [Fact]
    public void A_verdict_survives_json_and_does_not_depend_on_the_run()
    {
        var text = JsonSerializer.Serialize(Judge(Loans.Signal, Loans.Blurred));

        Assert.Equal(text, JsonSerializer.Serialize(Judge(Loans.Signal, Loans.Blurred)));
        Assert.Equal(text, JsonSerializer.Serialize(JsonSerializer.Deserialize<GateJudgement>(text)));
    }

    [Fact]
    public void Loans_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(
            () => PromotionGate.Judge(Product, new GateContest(Model([0.1, 0.2]), Model([0.1])), [true, false], 1));
        Assert.Throws<ArgumentException>(() => PromotionGate.Judge(Product, new GateContest(Model([0.1]), null), [true, false], 1));
        Assert.Throws<InvalidOperationException>(
            () => PromotionGate.Judge(Product, new GateContest(Model([0.1, 0.2]), null), [false, false], 1));
    }
}
