using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Decisions;

public sealed class DecisionEngineTests
{
    private static readonly DecisionEngine DecisionEngine = new(TinyLoan.Product, TinyModel.Package);

    [Theory]
    [InlineData("500", "0.0725", "1", "mid", "N", -1.85, Outcome.Approve)]
    [InlineData("2000", "0.0725", "1", "mid", "N", 0.15, Outcome.Refer)]
    [InlineData("2000", "0.2", "0", "low", "E", 2.75, Outcome.Decline)]
    [InlineData("2000", null, "0", null, "X", 2.65, Outcome.Decline)]
    public void The_trees_score_and_the_bands_decide(
        string amount, string? rate, string owner, string? rating, string region, double raw, Outcome outcome)
    {
        var decision = DecisionEngine.Decide(TinyLoan.Application(amount, rate, owner, rating, region));

        Assert.Equal(raw, decision.RawScore, 1e-12);
        Assert.Equal(1 / (1 + Math.Exp(-raw)), decision.Probability, 1e-12);
        Assert.Equal(outcome, decision.Outcome);
        Assert.Equal(-0.2, decision.BaseValue, 1e-12);
        Assert.Equal(raw, decision.BaseValue + decision.Contributions.Sum(), 1e-9);
    }

    [Theory]
    [InlineData("500", "0.0725", "1", "mid", "N")]
    [InlineData("2000", "0.2", "0", "low", "E")]
    [InlineData("4500", "0.0725", "1", "mid", "N")] // knocked out
    [InlineData("2000", null, "0", null, "X")]
    public void A_bare_answer_is_the_decision_without_its_reasons(string amount, string? rate, string owner, string? rating, string region)
    {
        var application = TinyLoan.Application(amount, rate, owner, rating, region);
        var decision = DecisionEngine.Decide(application);

        Assert.Equal(new BareDecision(decision.Probability, decision.Outcome), DecisionEngine.Answer(application));
    }

    [Fact]
    public void Reasons_against_and_in_favour_come_strongest_first_in_the_product_s_words()
    {
        var decision = DecisionEngine.Decide(TinyLoan.Application("2000", "0.0725", "0", "low", "N"));

        Assert.Equal(
            [
                "Amount €2,000: the amount raises the risk",
                "Rating Low: the rating raises the risk",
                "Home owner No: not owning raises the risk",
            ],
            decision.Reasons.Select(r => r.Text));
        AssertContributions([("amount", 1.5), ("rating", 0.8), ("owner", 0.6)], decision.Reasons);
        Assert.Equal(
            ["Rate 7.3 %: the rate lowers the risk", "Region North: the region lowers the risk"], decision.Favourable.Select(r => r.Text));
        AssertContributions([("rate", -0.3), ("region", -0.25)], decision.Favourable);
    }

    [Fact]
    public void No_more_than_four_reasons_are_given()
    {
        var decision = DecisionEngine.Decide(TinyLoan.Application("2000", "0.2", "0", "low", "W"));

        AssertContributions([("amount", 1.5), ("rating", 0.8), ("owner", 0.6), ("rate", 0.3)], decision.Reasons);
        Assert.Empty(decision.Favourable);
    }

    [Fact]
    public void What_hardly_moves_the_score_is_no_reason()
    {
        var score = ExplainedScore.Of(0.0002, [0.0049, 0.005, -0.0049, -0.005, 0.0002, 0]);
        var application = TinyLoan.Application("2000", "0.0725", "0", "low", "N");

        Assert.Equal([0.005], Against(application, score, Outcome.Decline).Select(r => r.Contribution));
        Assert.Equal([-0.005], ReasonWriter.InFavour(application, score.Contributions).Select(r => r.Contribution));
    }

    [Fact]
    public void A_missing_value_and_an_unknown_category_have_reasons_of_their_own()
    {
        var decision = DecisionEngine.Decide(TinyLoan.Application("500", null, "1", null, "Atlantis"));

        Assert.Equal(
            ["Rating not given: that it is not known raises the risk", "Region \"Atlantis\": the region raises the risk"],
            decision.Reasons.Select(r => r.Text));
        Assert.Contains("Rate not given: that it is not known lowers the risk", decision.Favourable.Select(r => r.Text));
        Assert.Equal("region", Assert.Single(decision.Warnings).Field);
    }

    [Fact]
    public void A_knock_out_declines_whatever_the_probability_and_comes_first()
    {
        var decision = DecisionEngine.Decide(TinyLoan.Application("500", "0.001"));

        Assert.True(decision.Probability < decision.Thresholds.ApproveBelow);
        Assert.Equal(Outcome.Decline, decision.Outcome);
        Assert.Equal(["too-cheap"], decision.KnockOuts);
        Assert.Equal(new Reason("rate", "The rate is below 0.5 %.", null), decision.Reasons[0]);
        Assert.Equal("rate", decision.Favourable[2].Feature);
    }

    [Fact]
    public void A_knock_out_carries_the_contribution_of_its_feature_and_takes_its_place()
    {
        var decision = DecisionEngine.Decide(TinyLoan.Application("4500", region: "S"));

        Assert.Equal(["too-much", "far-south"], decision.KnockOuts);
        Assert.Equal(["More than €4,000 is never lent.", "No loans in the south."], decision.Reasons.Select(r => r.Text));
        AssertContributions([("amount", 1.5), ("region", 0.25)], decision.Reasons);
    }

    [Theory]
    [InlineData("4000", 0)]
    [InlineData("4001", 1)]
    public void Above_means_above(string amount, int rules) =>
        Assert.Equal(rules, DecisionEngine.Decide(TinyLoan.Application(amount)).KnockOuts.Count);

    [Theory]
    [InlineData("0.005", 0)]
    [InlineData("0.0049", 1)]
    [InlineData(null, 0)]
    public void Below_means_below_and_a_missing_value_triggers_nothing(string? rate, int rules) =>
        Assert.Equal(rules, DecisionEngine.Decide(TinyLoan.Application("500", rate)).KnockOuts.Count);

    [Theory]
    [InlineData(0.1, Outcome.Refer)]
    [InlineData(0.0999999, Outcome.Approve)]
    [InlineData(0.3, Outcome.Decline)]
    [InlineData(0.2999999, Outcome.Refer)]
    public void A_band_starts_at_its_threshold(double probability, Outcome outcome)
    {
        var policy = TinyLoan.Product.Policy with { ApproveBelow = 0.1, DeclineFrom = 0.3 };
        Assert.Equal(outcome, Thresholds.Of(policy).OutcomeOf(probability));
        Assert.Equal(
            outcome,
            new PolicyRules(TinyLoan.Product with { Policy = policy }).OutcomeOf(probability, isKnockedOut: false, hasUnseen: true));
    }

    [Fact]
    public void A_decision_says_who_decided_about_what()
    {
        var application = TinyLoan.Application("500");
        var decision = DecisionEngine.Decide(application);

        Assert.Equal(("tiny", "7"), (decision.Product, decision.PolicyVersion));
        Assert.Equal((PolicyFile.HashOf(TinyLoan.Product.Policy), TinyLoan.Product.FileHash), (decision.PolicyHash, decision.ProductHash));
        Assert.Equal(new Thresholds(0.2, 0.6), decision.Thresholds);
        Assert.Equal(new ModelIdentity(TinyModel.Package.Id[..12], "0.1.0", TinyModel.Facts.TrainedAt), decision.Model);
        Assert.Equal(TinyLoan.Product.FeatureNames, decision.Features);
        Assert.Equal(application.Row, decision.Row);
        Assert.Equal(application.Values, decision.Values);
    }

    [Theory]
    [InlineData(1.000000002)]
    [InlineData(0.999999998)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_answer_whose_parts_do_not_add_up_is_never_served(double raw)
    {
        Assert.Equal([0.7, 0.5], ExplainedScore.Of(1, [0.7, 0.5, -0.2]).Contributions);
        Assert.Throws<UnexplainedScoreException>(() => ExplainedScore.Of(raw, [0.7, 0.5, -0.2]));
    }

    [Fact]
    public void An_application_for_another_schema_is_not_decided()
    {
        var other = TinyLoan.Product with { SchemaVersion = "2" };
        var application = LoanApplication.Check(other, Values(), InputStyle.Text).Application!;

        Assert.Contains(
            "schema version 2",
            Assert.Throws<ArgumentException>(() => DecisionEngine.Decide(application)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_package_of_another_schema_is_not_used() =>
        Assert.Throws<ModelPackageException>(() => new DecisionEngine(TinyLoan.Product with { SchemaVersion = "4" }, TinyModel.Package));

    private static IReadOnlyList<Reason> Against(LoanApplication application, ExplainedScore score, Outcome outcome) =>
        ReasonWriter.Against(application, new ScoredRow(DecisionEngine.Rules, [.. application.Row], score.Contributions, [], outcome));

    private static Dictionary<string, FieldValue> Values() =>
        TinyLoan.Product.Examples[0].Values.ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value), StringComparer.Ordinal);

    private static void AssertContributions((string Feature, double Contribution)[] expected, IReadOnlyList<Reason> reasons)
    {
        Assert.Equal(expected.Select(e => e.Feature), reasons.Select(r => r.Feature));
        Assert.All(expected.Zip(reasons), pair => Assert.Equal(pair.First.Contribution, pair.Second.Contribution!.Value, 1e-12));
    }
}
