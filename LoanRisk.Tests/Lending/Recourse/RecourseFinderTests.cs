using CsCheck;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Recourse;

namespace LoanRisk.Tests.Lending.Recourse;

/// <summary>The search against its plain twin, on models small enough to try everything.</summary>
[Slow]
public sealed class RecourseFinderTests
{
    [Fact]
    public void On_a_thousand_small_models_the_search_finds_what_trying_every_combination_finds() => Gen.Int.Sample(
        seed =>
        {
            var risk = SmallRisk.Of(seed);
            var answer = new RecourseFinder(risk.Engine).Find(risk.Application);
            foreach (var wanted in Enum.GetValues<Outcome>().Where(outcome => outcome < answer.Before.Outcome))
            {
                Same(EveryCombination.CheapestTo(risk, wanted), GoalOf(answer, wanted));
            }
        },
        iter: 1_000);

    [Fact]
    public void A_search_that_ends_at_its_limit_says_so_and_its_bound_holds() => Gen.Int.Sample(
        seed =>
        {
            var risk = SmallRisk.Of(seed);
            foreach (var goal in new RecourseFinder(risk.Engine).Find(risk.Application, mostWork: 0, CancellationToken.None).Goals)
            {
                var cheapest = EveryCombination.CheapestTo(risk, goal.Wanted) ?? double.PositiveInfinity;
                Assert.True(goal.LeastCost <= cheapest + 1e-9, $"{goal.LeastCost} is above {cheapest}");
                Assert.True(goal.Proof != RecourseProof.Smallest || goal.Best!.Cost <= cheapest + 1e-9);
                Assert.True(goal.Proof != RecourseProof.None || double.IsPositiveInfinity(cheapest));
            }
        },
        iter: 200);

    [Fact]
    public void Fields_that_cannot_be_changed_never_move_and_every_change_is_decided_as_it_says() => Gen.Int.Sample(
        seed =>
        {
            var risk = SmallRisk.Of(seed);
            foreach (var goal in new RecourseFinder(risk.Engine).Find(risk.Application).Goals)
            {
                foreach (var change in goal.Best is null ? goal.Others : [goal.Best, .. goal.Others])
                {
                    Assert.All(change.Fields, field => Assert.NotNull(risk.Product.Find(field.Feature)!.Change));
                    var again = risk.Engine.Decide(Changed(risk, change));
                    Assert.Equal((change.Outcome, change.Probability), (again.Outcome, again.Probability));
                    Assert.True(again.Outcome <= goal.Wanted);
                }
            }
        },
        iter: 300);

    [Fact]
    public void Who_cannot_go_the_smallest_way_is_told_the_smallest_other_one() => Gen.Int.Sample(
        seed =>
        {
            var risk = SmallRisk.Of(seed);
            foreach (var goal in new RecourseFinder(risk.Engine).Find(risk.Application).Goals)
            {
                if (goal is { Best.Fields: [var moved], Others.Count: < 3 })
                {
                    var others = goal.Others.Where(way => way.Fields.All(field => field.Feature != moved.Feature));
                    var cheapest = others.Select(way => way.Cost).DefaultIfEmpty(-1).Min();
                    Assert.Equal(CostWithout(risk, moved.Feature, goal.Wanted) ?? -1, cheapest, 1e-9);
                    Assert.All(goal.Others, way => Assert.True(way.Cost >= goal.Best.Cost - 1e-9));
                }
            }
        },
        iter: 500);

    private static double? CostWithout(SmallRisk risk, string feature, Outcome wanted)
    {
        var product = risk.Product with
        {
            Features = [.. risk.Product.Features.Select(f => f.Name == feature ? f with { Change = null } : f)],
        };
        var application = SmallRisk.Checked(product, risk.Application.Values);
        return GoalOf(new RecourseFinder(risk.Engine.With(product)).Find(application), wanted).Best?.Cost;
    }

    private static RecourseGoal GoalOf(RecourseAnswer answer, Outcome wanted) => answer.Goals.FirstOrDefault(goal => goal.Wanted == wanted)
        ?? answer.Goals.Single(goal => goal.Wanted == Outcome.Approve);

    private static void Same(double? cheapest, RecourseGoal goal)
    {
        if (cheapest is not { } cost)
        {
            Assert.Equal((RecourseProof.None, null), (goal.Proof, goal.Best));
            return;
        }

        Assert.Equal(RecourseProof.Smallest, goal.Proof);
        Assert.Equal(cost, goal.Best!.Cost, 1e-9);
        Assert.Equal(goal.Best.Cost, goal.LeastCost);
    }

    private static LoanRisk.Lending.Applications.LoanApplication Changed(SmallRisk risk, RecourseChange change)
    {
        string?[] values = [.. risk.Application.Values];
        foreach (var field in change.Fields)
        {
            values[risk.Product.FeatureNames.ToList().IndexOf(field.Feature)] = field.To;
        }

        return SmallRisk.Checked(risk.Product, values);
    }
}
