using System.Collections.Immutable;
using LoanRisk.Tests.Loans;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Lending.Promotion;

/// <summary>Whether a candidate's trees keep the directions that they were grown under.</summary>
[Slow]
public sealed class GateDirectionTests : GateTests
{
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

    private static TreeModel Grown(ImmutableArray<int> directions, Tree? first = null) => new()
    {
        Objective = TinyModel.Trees.Objective,
        FeatureNames = TinyModel.Trees.FeatureNames,
        FeatureInfos = TinyModel.Trees.FeatureInfos,
        Trees = [first ?? TinyModel.Trees.Trees[0], .. TinyModel.Trees.Trees.Skip(1)],
        MonotoneConstraints = directions,
    };
}
