using System.Collections.Immutable;
using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Promotion;
using LoanRisk.Pipeline.Models;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Promotion;

[Slow]
public sealed class PromotionGateTests
{
    // The signal is an honest probability; noise makes a model that knows less but is as honest about it.
    private static readonly (double[] Signal, double[] Blurred, bool[] Bad) Loans = Draw(4000, 71);

    private static readonly LoanProduct Product = TinyLoan.Product with { Promotion = PromotionRule.Default };

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
    public void Timid_and_boastful_probabilities_fail_by_their_slope()
    {
        var timid = Array.ConvertAll(Loans.Signal, p => 1 / (1 + Math.Sqrt((1 - p) / p)));
        var boastful = Array.ConvertAll(Loans.Signal, p => 1 / (1 + Math.Pow((1 - p) / p, 2)));

        Assert.EndsWith("the probabilities are too timid.", Failed(Judge(timid, Loans.Blurred), "calibrationSlope").Sentence);
        Assert.EndsWith("the probabilities are too spread out.", Failed(Judge(boastful, Loans.Blurred), "calibrationSlope").Sentence);
        var wide = Product with { Promotion = PromotionRule.Default with { CalibrationSlope = new ValueRange(0.3, 3) } };
        Assert.True(Judge(timid, Loans.Blurred, wide).Checks[1].Passed);
    }

    [Fact]
    public void Probabilities_that_are_too_high_all_over_fail_by_their_error()
    {
        var doubled = Array.ConvertAll(Loans.Signal, p => { var odds = 2.2 * p / (1 - p); return odds / (1 + odds); });

        var check = Failed(Judge(doubled, Loans.Blurred), "calibrationError");

        Assert.True(check.Figures["errorLow"] > check.Figures["largest"]);
        Assert.Equal(0.25 * Loans.Bad.Count(b => b) / Loans.Bad.Length, check.Figures["largest"], 1e-12);
    }

    [Fact]
    public void A_few_loans_do_not_fail_an_honest_model_by_noise()
    {
        var failures = Enumerable.Range(0, 20).Count(i =>
        {
            var (signal, blurred, bad) = Draw(150, 100 + i);
            var checks = PromotionGate.Judge(Product, new GateContest(Model(signal), Model(blurred)), bad, new Resampling(1, 200));
            var error = checks[2];
            Assert.Equal(
                error.Passed && error.Figures["error"] > error.Figures["largest"],
                error.Sentence.Contains("too few to show more", StringComparison.Ordinal));
            return !checks[1].Passed || !checks[2].Passed;
        });

        Assert.InRange(failures, 0, 2);
    }

    [Fact]
    public void Only_directions_the_trees_were_grown_under_are_asked_for()
    {
        Assert.StartsWith("The model was grown under no direction", Judge(Loans.Signal, Loans.Blurred).Checks[3].Sentence);

        var kept = Judge(Loans.Signal, Loans.Blurred, trees: Grown([1, 0, -1, 0, 0])).Checks[3];
        Assert.True(kept.Passed);
        Assert.Equal("Proven over the whole model: risk never falls with Amount; risk never rises with Home owner.", kept.Sentence);
        var one = Judge(Loans.Signal, Loans.Blurred, trees: Grown([1, 0, 0, 0, 0])).Checks[3];
        Assert.EndsWith("No direction was asked of Home owner.", one.Sentence);
    }

    [Fact]
    public void A_direction_that_the_trees_break_fails_with_the_two_values()
    {
        var falling = TinyModel.Trees.Trees[0] with { LeafValue = [1.2, -0.8] };

        var check = Failed(Judge(Loans.Signal, Loans.Blurred, trees: Grown([1, 0, 0, 0, 0], falling)), "monotone");

        Assert.StartsWith("The risk falls with Amount: from ", check.Sentence);
        Assert.Equal(2, check.Figures["largestBreak"], 1e-12);
    }

    [Fact]
    public void A_changed_schema_passes_only_when_old_callers_can_go_on()
    {
        var champion = TinyModel.Package.Manifest;

        Assert.True(Schema(champion).Passed);
        Assert.True(Schema(champion with { SchemaVersion = "2", Features = ["amount", "owner", "region", "rating"] }).Passed);
        Assert.Contains(
            "region are new", Schema(champion with { SchemaVersion = "2", Features = ["amount", "rate", "owner", "rating"] }).Sentence);
        var gone = Schema(champion with { SchemaVersion = "2", Features = [.. champion.Features, "shoe_size"] });
        Assert.False(gone.Passed);
        Assert.Contains("shoe_size are gone", gone.Sentence);
    }

    [Fact]
    public void A_candidate_of_another_product_or_schema_fails()
    {
        var manifest = TinyModel.Package.Manifest;

        Assert.Contains("is of product other", SchemaOf(manifest with { Product = "other" }).Sentence);
        Assert.Contains("schema version 2; the product now has 3", SchemaOf(manifest with { SchemaVersion = "2" }).Sentence);
        Assert.False(SchemaOf(manifest with { Features = [.. manifest.Features.Reverse()] }).Passed);
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

    private static GateJudgement Judge(double[] candidate, double[] champion, LoanProduct? product = null, TreeModel? trees = null) =>
        Over(
            PromotionGate.Judge(
                product
                    ?? Product, new GateContest(
                        Model(candidate) with { Trees = trees ?? TinyModel.Trees }, Model(champion)), Loans.Bad, new Resampling(1, 200)));

    private static GateJudgement Over(IReadOnlyList<GateCheck> checks) => GateJudgement.Of("candidate", "champion", "In a test.", checks);

    private static GateModel Model(double[] probabilities) => GateModel.Of(TinyModel.Package, probabilities);

    private static GateCheck Failed(GateJudgement verdict, string name)
    {
        Assert.False(verdict.Passed);
        var check = verdict.Checks.Single(c => c.Name == name);
        Assert.False(check.Passed);
        Assert.Contains(check.Sentence, verdict.Objections());
        return check;
    }

    private static GateCheck Schema(LoanRisk.Lending.Models.ModelManifest champion) =>
        PromotionGate.Judge(
            Product,
            new GateContest(Model(Loans.Signal), Model(Loans.Blurred) with { Manifest = champion }),
            Loans.Bad,
            new Resampling(1, 20))[4];

    private static GateCheck SchemaOf(LoanRisk.Lending.Models.ModelManifest candidate) =>
        PromotionGate.Judge(
            Product,
            new GateContest(Model(Loans.Signal) with { Manifest = candidate }, Model(Loans.Blurred)),
            Loans.Bad,
            new Resampling(1, 20))[4];

    private static TreeModel Grown(ImmutableArray<int> directions, Tree? first = null) => new()
    {
        Objective = TinyModel.Trees.Objective,
        FeatureNames = TinyModel.Trees.FeatureNames,
        FeatureInfos = TinyModel.Trees.FeatureInfos,
        Trees = [first ?? TinyModel.Trees.Trees[0], .. TinyModel.Trees.Trees.Skip(1)],
        MonotoneConstraints = directions,
    };

    // Log-odds are the sum of two normal-like parts; who sees only one answers with the mean over the other.
    private static (double[] Signal, double[] Blurred, bool[] Bad) Draw(int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var (signal, blurred, bad) = (new double[rows], new double[rows], new bool[rows]);
        for (var i = 0; i < rows; i++)
        {
            var (seen, hidden) = (random.NextBelow(5) - 2, random.NextBelow(2) == 0 ? -0.8 : 0.8);
            signal[i] = Probability(seen + hidden);
            blurred[i] = (Probability(seen - 0.8) + Probability(seen + 0.8)) / 2;
            bad[i] = random.NextDouble() < signal[i];
        }

        return (signal, blurred, bad);
    }

    private static double Probability(double logOdds) => 1 / (1 + Math.Exp(1.5 - (0.8 * logOdds)));
}
