using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Recourse;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Recourse;

/// <summary>
/// A model of five stumps, whose answers are known by hand: only the amount can be changed, and only its threshold at 1,000 counts.
/// </summary>
public sealed class TinyRecourseTests
{
    [Fact]
    public void A_referral_is_told_the_smallest_change_that_leads_to_an_approval()
    {
        var answer = Find(TinyLoan.Application("2000"));

        Assert.Equal(Outcome.Refer, answer.Before.Outcome);
        var goal = Assert.Single(answer.Goals);
        Assert.Equal((Outcome.Approve, RecourseProof.Smallest), (goal.Wanted, goal.Proof));
        Assert.Equal(
            new FieldChange("amount", "2000", "1000", -1000, "Amount €1,000 instead of €2,000 (€1,000 less)"),
            Assert.Single(goal.Best!.Fields));
        var decided = Engine().Decide(TinyLoan.Application("1000"));
        Assert.Equal((decided.Outcome, decided.Probability), (goal.Best.Outcome, goal.Best.Probability));
        Assert.Empty(goal.Others);
    }

    [Fact]
    public void A_decline_by_rule_is_told_what_no_longer_breaks_it_and_what_is_approved()
    {
        var goals = Find(TinyLoan.Application("4500")).Goals;

        Assert.Equal([Outcome.Refer, Outcome.Approve], goals.Select(goal => goal.Wanted));
        // Nothing beyond what training has seen is proposed.
        Assert.Equal(["3000", "1000"], goals.Select(goal => goal.Best!.Fields[0].To));
    }

    [Fact]
    public void A_rule_about_what_cannot_be_changed_is_named()
    {
        var goals = Find(TinyLoan.Application("2000", region: "S")).Goals;

        Assert.All(
            goals, goal => Assert.Equal((RecourseProof.None, null, "No loans in the south."), (goal.Proof, goal.Best, goal.Obstacle)));
        Assert.Equal(2, goals.Count);
    }

    [Fact]
    public void An_approval_has_nothing_better() => Assert.Empty(Find(TinyLoan.Application("500")).Goals);

    [Fact]
    public void Where_nothing_reaches_the_limit_nothing_is_proposed()
    {
        var product = With(policy => policy with { ApproveBelow = 0.01 });

        var goal = Assert.Single(Find(TinyLoan.Application("900"), product).Goals);

        Assert.Equal((RecourseProof.None, null, null, double.PositiveInfinity), (goal.Proof, goal.Best, goal.Obstacle, goal.LeastCost));
    }

    [Fact]
    public void A_value_unlike_all_of_training_must_go_where_the_policy_refers_it()
    {
        var product = With(policy => policy with { ReferUnseen = true });

        var changeable = Assert.Single(Find(TinyLoan.Application("50"), product).Goals);
        var held = Assert.Single(Find(TinyLoan.Application("500", region: "W"), product).Goals);

        // More money would be asked for, against the direction.
        Assert.Equal((RecourseProof.None, null), (changeable.Proof, changeable.Best));
        Assert.Contains("below everything the model has learned from", changeable.Obstacle);
        Assert.Equal(RecourseProof.None, held.Proof);
        Assert.Contains("not among those the model has learned from", held.Obstacle);
    }

    [Fact]
    public void A_step_rounds_to_what_a_person_could_do_and_a_limit_ends_the_search()
    {
        var stepped = Amount(new ChangeRule(ChangeDirection.Decrease, Step: 300));
        var limited = Amount(new ChangeRule(ChangeDirection.Decrease, Step: 300, Most: 900));

        Assert.Equal("900", Find(TinyLoan.Application("2000"), stepped).Goals[0].Best!.Fields[0].To);
        Assert.Equal(RecourseProof.None, Find(TinyLoan.Application("2000"), limited).Goals[0].Proof);
    }

    [Fact]
    public void A_protected_feature_never_moves_whatever_a_product_says()
    {
        var product = TinyLoan.Product with
        {
            Features = [.. TinyLoan.Product.Features.Select(f => f with { Change = f.Protected ? ChangeRule.Any : null })],
        };

        Assert.All(Find(TinyLoan.Application("2000", owner: "0"), product).Goals, goal => Assert.Equal(RecourseProof.None, goal.Proof));
    }

    [Fact]
    public void A_search_can_be_ended() => Assert.Throws<OperationCanceledException>(
        () => new RecourseFinder(Engine()).Find(TinyLoan.Application("2000"), new CancellationToken(canceled: true)));

    private static RecourseAnswer Find(LoanApplication application, LoanProduct? product = null) =>
        new RecourseFinder(Engine(product)).Find(application, TestContext.Current.CancellationToken);

    private static DecisionEngine Engine(LoanProduct? product = null) => new(product ?? TinyLoan.Product, TinyModel.Package);

    private static LoanProduct With(Func<Policy, Policy> change) => TinyLoan.Product with { Policy = change(TinyLoan.Product.Policy) };

    private static LoanProduct Amount(ChangeRule rule) => TinyLoan.Product with
    {
        Features = [TinyLoan.Product.Features[0] with { Change = rule }, .. TinyLoan.Product.Features.Skip(1)],
    };
}
