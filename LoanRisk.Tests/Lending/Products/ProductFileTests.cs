using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Products;

public sealed class ProductFileTests
{
    [Fact]
    public void A_product_file_becomes_a_product()
    {
        var product = TinyLoan.Product;

        Assert.Equal(("tiny", "TinyLoan", "3", "EUR"), (product.Id, product.Name, product.SchemaVersion, product.Currency));
        Assert.Equal(new Target("bad", "yes", "no", "never paid back", "bad", "within a year"), product.Target);
        Assert.Equal([new FeatureGroup("loan", "The loan"), new FeatureGroup("person", "The person")], product.Groups);
        Assert.Equal(["amount", "rate", "owner", "rating", "region"], product.FeatureNames);
        Assert.Equal(["age_band"], product.FairnessAttributes);
        Assert.Equal("0.0725", Assert.Single(product.Examples).Values["rate"]);
    }

    [Fact]
    public void A_feature_keeps_everything_the_file_says()
    {
        var amount = TinyLoan.Product.Features[0];
        Assert.Equal(
            (FeatureKind.Numeric, Unit.Money, true, 1, new ChangeRule(ChangeDirection.Decrease, Step: 5, Most: 5000)),
            (amount.Kind, amount.Unit, amount.Integer, amount.Monotone, amount.Change));
        Assert.Equal((new ValueRange(0, 5000), new ValueRange(100, 3000)), (amount.Allowed, amount.Seen));
        Assert.Equal(("loan", "How much.", "500"), (amount.Group, amount.Help, amount.Example));
        Assert.Equal(("the amount raises the risk", "the amount lowers the risk"), (amount.Reason, amount.InFavour));

        var rate = TinyLoan.Product.Features[1];
        Assert.Equal((Unit.Fraction, true, "unknown"), (rate.Unit, rate.MayBeMissing, Assert.Single(rate.MissingSpellings)));

        var owner = TinyLoan.Product.Features[2];
        Assert.Equal(
            (FeatureKind.Binary, true, -1, "n"),
            (owner.Kind, owner.RefuseUnseen, owner.Monotone, Assert.Single(owner.Levels[0].Spellings)));
    }

    [Theory]
    [InlineData("true", ChangeDirection.Either, null, null)]
    [InlineData("{ \"step\": 0.25 }", ChangeDirection.Either, 0.25, null)]
    [InlineData("{}", ChangeDirection.Either, null, null)]
    public void What_can_be_changed_may_have_a_direction_a_step_and_a_limit(
        string changeable, ChangeDirection direction, double? step, double? most)
    {
        var json = TinyLoan.Json.Replace("\"changeable\": false", $"\"changeable\": {changeable}", StringComparison.Ordinal);

        Assert.Equal(new ChangeRule(direction, step, most), ProductFile.Parse(json, "x.json").Features[1].Change);
    }

    [Fact]
    public void The_policy_keeps_everything_the_file_says()
    {
        var policy = TinyLoan.Product.Policy;
        Assert.Equal(
            ("7", 0.2, 0.6, 5, 1),
            (policy.Version, policy.ApproveBelow, policy.DeclineFrom, policy.CostOfBadApproved, policy.CostOfGoodRefused));
        Assert.Equal(["too-much", "too-cheap", "far-south"], policy.KnockOuts.Select(k => k.Id));
        Assert.Equal([KnockOutTest.Above, KnockOutTest.Below, KnockOutTest.OneOf], policy.KnockOuts.Select(k => k.Test));
        Assert.Equal((4000, 0.005, "S"), (policy.KnockOuts[0].Value, policy.KnockOuts[1].Value, Assert.Single(policy.KnockOuts[2].Levels)));
    }

    [Fact]
    public void The_product_knows_every_column_of_its_data_and_what_it_is_for()
    {
        var product = TinyLoan.Product;

        Assert.Equal(
            ["Client no.", "paid out", "Amount asked for", "rate", "owner", "rating", "region", "bad", "age_band"], product.DataColumns);
        Assert.Equal(new IdColumn("Client no.", "Client", true, IdRepeat.Update), product.Lookup);
        Assert.Equal(new DateOnly(2025, 2, 28), product.Date!.Read(" 28.02.2025"));
        Assert.Null(product.Date.Read("29.02.2025"));
        Assert.Equal("01.03.2024", product.Date.Write(new DateOnly(2024, 3, 1)));
        Assert.Equal(new DataSource("Tiny loans", "nobody", "none", "Make them up.", "Nobody, 2025"), product.Source);
        Assert.Equal(["owner"], product.Features.Where(f => f.Protected).Select(f => f.Name));
        Assert.Equal("Nothing here is real.", Assert.Single(product.Cautions));
        Assert.Equal(new PolicyText("Lend", "Ask", "Refuse"), product.Policy.Words);
    }

    [Fact]
    public void How_rows_are_made_up_is_kept()
    {
        var (amount, rating) = (TinyLoan.Product.Features[0].Synthetic!, TinyLoan.Product.Features[3].Synthetic!);

        Assert.Equal(0.3, TinyLoan.Product.SyntheticBadRate);
        Assert.Equal([100, 500, 3000], amount.Quantiles!);
        Assert.Equal([0.5, 0, 0.5], rating.Shares!);
        Assert.Equal((0.5, null, 0.25), (amount.Effect, rating.Effect, rating.MissingShare));
    }

    [Fact]
    public void The_rule_of_promotion_keeps_what_the_file_says_and_has_defaults()
    {
        var rule = TinyLoan.Product.Promotion;
        Assert.Equal(
            (PromotionMetric.LogLoss, 0.001, false, 0.5, new ValueRange(0.7, 1.5)),
            (rule.Metric, rule.MinimumGain, rule.MustBeSignificant, rule.LargestCalibrationError, rule.CalibrationSlope));
        Assert.Equal(PromotionRule.Default, PeerLoan.Product.Promotion);
        Assert.Equal(
            (PromotionMetric.Auc, 0, true, 0.25, new ValueRange(0.8, 1.25)),
            (
                PromotionRule.Default.Metric,
                PromotionRule.Default.MinimumGain,
                PromotionRule.Default.MustBeSignificant,
                PromotionRule.Default.LargestCalibrationError,
                PromotionRule.Default.CalibrationSlope));
    }

    [Fact]
    public void The_rule_of_drift_keeps_what_the_file_says_and_has_defaults()
    {
        Assert.Equal(
            new DriftRule
            {
                Level = 0.02,
                Correction = TestCorrection.Sidak,
                Stability = 0.2,
                StandardisedDifference = 0.3,
                CramersV = 0.15,
                CliffsDelta = 0.25,
                Period = DriftPeriod.Count,
                Window = 200,
            },
            TinyLoan.Product.Drift);
        Assert.Equal(DriftRule.Default, PeerLoan.Product.Drift);
        Assert.Equal((0.01, TestCorrection.Holm, 1_000), (DriftRule.Default.Level, DriftRule.Default.Correction, DriftRule.Default.Window));
    }

    [Fact]
    public void Training_learns_from_the_product_which_features_are_categories_and_which_have_a_direction()
    {
        Assert.Equal([4], TinyLoan.Product.CategoricalFeatures);
        Assert.Equal([1, 0, -1, 0, 0], TinyLoan.Product.MonotoneDirections);
    }

    [Fact]
    public void Training_parameters_that_others_must_fit_may_stand_alone() =>
        Assert.Equal(
            "0.5",
            ProductFile.Parse(
                TinyLoan.Json.Replace("\"num_leaves\": \"4\"", "\"bagging_fraction\": \"0.5\"", StringComparison.Ordinal),
                "x.json").Training["bagging_fraction"]);

    [Theory]
    [InlineData("\"fairnessAttributes\": [\"age_band\"],")]
    [InlineData("\"$schema\": \"../product.schema.json\",")]
    [InlineData(", \"changeable\": false")]
    [InlineData("\"unit\": \"money\", ")]
    public void What_may_be_left_out_can_be_left_out(string part)
    {
        Assert.Contains(part, TinyLoan.Json, StringComparison.Ordinal);
        Assert.Equal("tiny", ProductFile.Parse(TinyLoan.Json.Replace(part, "", StringComparison.Ordinal), "x.json").Id);
    }
}
