using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Decisions;

/// <summary>Values that are unlike all that training has seen, under a policy that refers them.</summary>
public sealed class UnseenTests
{
    private static readonly LoanProduct Product = TinyLoan.Product with
    {
        Policy = TinyLoan.Product.Policy with { ReferUnseen = true, ApproveBelow = 0.5 },
    };

    private static readonly LoanProduct Flagging = Product with { Policy = Product.Policy with { ReferUnseen = false } };

    private static readonly DecisionEngine DecisionEngine = new(Product, TinyModel.Package);

    [Theory]
    [InlineData(
        "99", "0.0725", "mid", "N", "amount", "Amount €99: below everything the model has learned from (€100), so a person decides")]
    [InlineData("500", "0.0099", "mid", "N", "rate", "Rate 0.99 %: below everything the model has learned from (1 %), so a person decides")]
    [InlineData("500", "0.0725", "odd", "N", "rating", "Rating \"odd\": not among those the model has learned from, so a person decides")]
    [InlineData(
        "500", "0.0725", "high", "Moon", "region", "Region \"Moon\": not among those the model has learned from, so a person decides")]
    public void An_approval_becomes_a_referral_with_its_reason(
        string amount, string rate, string rating, string region, string feature, string reason)
    {
        var application = Application(amount, rate, rating, region);
        var flagged = new DecisionEngine(Flagging, TinyModel.Package).Decide(application);
        var referred = DecisionEngine.Decide(application);

        Assert.Equal((Outcome.Approve, Outcome.Refer), (flagged.Outcome, referred.Outcome));
        Assert.Empty(flagged.ReferredFor);
        Assert.Equal([feature], referred.ReferredFor);
        Assert.Equal(new Reason(feature, reason, null), referred.Reasons[0]);
        Assert.DoesNotContain(referred.Reasons.Skip(1), r => r.Feature == feature);
        Assert.Equal(flagged.Warnings, referred.Warnings);
        Assert.Equal(flagged.Probability, referred.Probability);
        Assert.Equal(Outcome.Refer, DecisionEngine.Answer(application).Outcome);
    }

    [Fact]
    public void Several_such_values_are_all_named_at_most_four_reasons_in_all()
    {
        var referred = DecisionEngine.Decide(Application("99", "0.0099", "odd", "Moon"));

        Assert.Equal(["amount", "rate", "rating", "region"], referred.ReferredFor);
        Assert.Equal(["amount", "rate", "rating", "region"], referred.Reasons.Select(r => r.Feature));
    }

    [Fact]
    public void What_is_seen_is_approved_at_both_ends_of_the_range() =>
        Assert.All(
            (string[])["100", "1000"],
            amount => Assert.Equal(Outcome.Approve, DecisionEngine.Decide(Application(amount, "0.01", "mid", "N")).Outcome));

    [Fact]
    public void A_missing_value_is_not_unseen() =>
        Assert.Equal(Outcome.Approve, DecisionEngine.Decide(Application("500", null, "mid", "N")).Outcome);

    [Fact]
    public void A_decline_and_a_referral_by_the_probability_stay_what_they_are()
    {
        var referred = DecisionEngine.Decide(Application("3001", "0.0725", "mid", "N"));
        var declined = DecisionEngine.Decide(Application("3001", "0.31", "low", "Moon", owner: "0"));
        var byRule = DecisionEngine.Decide(Application("4001", "0.0725", "mid", "N"));

        Assert.Equal((Outcome.Refer, Outcome.Decline, Outcome.Decline), (referred.Outcome, declined.Outcome, byRule.Outcome));
        Assert.All((Decision[])[referred, declined, byRule], decision => Assert.Empty(decision.ReferredFor));
        Assert.NotNull(referred.Reasons[0].Contribution);
    }

    [Fact]
    public void A_block_of_rows_decides_and_says_the_same()
    {
        var applications =
            (from amount in (string[])["99", "500", "3001", "4001"]
             from rate in (string?[])[null, "0.004", "0.0099", "0.1", "0.31"]
             from rating in (string?[])[null, "odd", "low", "high"]
             from region in (string[])["N", "S", "Moon"]
             select Application(amount, rate, rating, region)).ToList();
        var block = new DecisionBlock(DecisionEngine, explained: true);
        for (var round = 0; round < 2; round++)
        {
            block.Clear();
            applications.ForEach(application => Add(block, application));
            block.Decide();
            Assert.All(applications.Index(), line =>
            {
                var alone = DecisionEngine.Decide(line.Item);
                Assert.Equal((alone.Probability, alone.Outcome), block[line.Index]);
                Assert.Equal(alone.Reasons.Select(r => r.Text), Texts(block, line.Index, line.Item, 4));
                Assert.Equal(alone.Reasons.Take(1).Select(r => r.Text), Texts(block, line.Index, line.Item, 1));
            });
        }
    }

    [Fact]
    public void A_decline_that_no_value_explains_says_so()
    {
        var score = ExplainedScore.Of(3, [0.001, 0.001, -0.002, 0, 0, 3]);

        var reason = Assert.Single(Against(Application("500", "0.0725", "mid", "N"), score, Outcome.Decline));

        Assert.Equal(new Reason("", "The estimated risk reaches the limit of 60.0 %, and no single value stands out", null), reason);
        Assert.Empty(Against(Application("500", "0.0725", "mid", "N"), score, Outcome.Refer));
    }

    [Fact]
    public void A_decline_to_which_many_values_contribute_a_little_names_the_strongest()
    {
        var score = ExplainedScore.Of(0.0141, [0.004, 0.0041, 0.003, 0.003, 0, 0]);

        var reasons = Against(Application("500", "0.0725", "mid", "N"), score, Outcome.Decline);

        Assert.Equal(["rate", "amount", "owner", "rating"], reasons.Select(r => r.Feature));
    }

    private static IReadOnlyList<Reason> Against(LoanApplication application, ExplainedScore score, Outcome outcome) =>
        ReasonWriter.Against(application, new ScoredRow(DecisionEngine.Rules, [.. application.Row], score.Contributions, [], outcome));

    private static LoanApplication Application(string amount, string? rate, string? rating, string region, string owner = "1")
    {
        var fields = new Dictionary<string, FieldValue>(StringComparer.Ordinal)
        {
            ["amount"] = FieldValue.OfText(amount), ["rate"] = FieldValue.OfText(rate), ["owner"] = FieldValue.OfText(owner),
            ["rating"] = FieldValue.OfText(rating), ["region"] = FieldValue.OfText(region),
        };
        return LoanApplication.Check(Product, fields, InputStyle.Text).Application!;
    }

    private static void Add(DecisionBlock block, LoanApplication application)
    {
        var row = block.Next();
        for (var feature = 0; feature < row.Length; feature++)
        {
            row[feature] = application.Row[feature];
        }

        block.Add(application.Unseen);
    }

    private static string[] Texts(DecisionBlock block, int row, LoanApplication application, int room)
    {
        var reasons = new ReasonPlace[room];
        var count = block.Reasons(row, reasons);
        return
        [
            .. reasons[..count].Select(
                r => r.Rule ?? (r.IsUnseen ? ReasonText.Unseen(application, r.Feature) : ReasonText.Raising(application, r.Feature))),
        ];
    }
}
