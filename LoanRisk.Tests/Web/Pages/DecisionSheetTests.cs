using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;
using LoanRisk.Web.Pages.Decisions;

namespace LoanRisk.Tests.Web.Pages;

public sealed class DecisionSheetTests
{
    private static readonly LoanProduct Product = PeerLoan.Product;

    [Fact]
    public void Bars_come_strongest_first_and_what_raises_the_risk_before_what_lowers_it()
    {
        var sheet = Sheet(
            Product, [], [new("dti", "d", 0.1), new("int_rate", "r", 0.4)], [new("grade", "g", -0.2), new("annual_inc", "i", -0.6)]);
        Assert.Equal(["Interest rate", "Debt-to-income ratio", "Yearly income", "Grade"], sheet.Factors.Select(f => f.Label));
    }

    [Fact]
    public void A_rule_that_held_is_named_as_a_rule_and_drawn_only_when_the_score_felt_it_too()
    {
        var sheet = Sheet(
            Product,
            ["income-floor", "dti-ceiling"],
            [new("annual_inc", "too little income", null), new("dti", "too much debt", 0.3), new("grade", "g", 0.1)],
            []);
        Assert.Equal(["too little income", "too much debt"], sheet.Rules);
        Assert.Equal(["g"], sheet.Against);
        Assert.Equal(["Debt-to-income ratio", "Grade"], sheet.Factors.Select(f => f.Label));
    }

    [Fact]
    public void Without_its_product_a_decision_is_told_in_the_stored_names()
    {
        var sheet = Sheet(null, [], [new("dti", "d", 0.1)], []);
        Assert.Equal("peerloan", sheet.ProductName);
        Assert.Null(sheet.Meaning);
        Assert.Equal(["dti"], sheet.Factors.Select(f => f.Label));
        var group = Assert.Single(sheet.Entered);
        Assert.Equal(Product.FeatureNames, group.Entries.Select(e => e.Label));
        Assert.Contains(group.Entries, e => e is { Label: "int_rate", Value: "0.2039" });
    }

    [Fact]
    public void A_feature_that_the_product_has_dropped_since_stands_under_a_heading_of_its_own()
    {
        var sheet = Sheet(Product with { Features = [.. Product.Features.Where(f => f.Name != "dti")] }, [], [], []);
        Assert.Equal("Other values", sheet.Entered[^1].Label);
        Assert.Equal(("dti", "14.46"), (sheet.Entered[^1].Entries.Single().Label, sheet.Entered[^1].Entries.Single().Value));
        Assert.Equal(Product.Features.Count, sheet.Entered.Sum(g => g.Entries.Count));
    }

    private static DecisionSheet Sheet(LoanProduct? product, string[] knockOuts, Reason[] reasons, Reason[] favourable)
    {
        var application = PeerLoan.Application();
        return new DecisionSheet(
            new StoredDecision("ab12cd34", DateTimeOffset.UnixEpoch, Origin.Form, [], new Decision
            {
                Product = Product.Id,
                Probability = 0.05,
                Outcome = Outcome.Refer,
                Thresholds = new Thresholds(0.02, 0.08),
                Reasons = reasons,
                Favourable = favourable,
                Warnings = [],
                KnockOuts = knockOuts,
                PolicyVersion = "1",
                Model = new ModelIdentity("abc", "0.1.0", DateTimeOffset.UnixEpoch),
                Features = Product.FeatureNames,
                Row = application.Row,
                Values = application.Values,
                RawScore = 0,
                BaseValue = 0,
                Contributions = [],
            }),
            product);
    }
}
