using LoanRisk.Trees;
using LoanRisk.Tests.Trees.Explaining;

namespace LoanRisk.Tests.Trees;

/// <summary>A chain of 100,000 splits on a thread with a small stack: nothing in the engine recurses.</summary>
[Slow]
public sealed class DeepTreeTests
{
    [Fact]
    public void A_chain_of_a_hundred_thousand_splits_is_read_scored_explained_and_written()
    {
        var text = DeepModel.Chain(100_000, 2);
        Exception? failure = null;
        var thread = new Thread(() => failure = Record.Exception(() => Use(text)), maxStackSize: 256 * 1024);
        thread.Start();
        thread.Join();
        Assert.Null(failure);
    }

    private static void Use(string text)
    {
        var model = TreeModel.Parse(text);
        var leaf = new int[1];
        model.PredictLeaves([1, 1], leaf);
        Assert.Equal(0, leaf[0]);
        model.PredictLeaves([1, 0], leaf);
        Assert.Equal(2, leaf[0]);
        ContributionTests.AddsUp(model, [1, 1]);
        ContributionTests.AddsUp(model, [1, 0]);
        Assert.Equal(100_000, TreeModel.Parse(model.ToText()).Trees[0].NodeCount);
    }
}
