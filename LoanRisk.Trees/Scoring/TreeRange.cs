namespace LoanRisk.Trees.Scoring;

/// <summary>The trees of a range of iterations.</summary>
/// <param name="First">The first tree.</param>
/// <param name="End">The tree after the last one.</param>
/// <param name="Iterations">How many iterations they make.</param>
internal readonly record struct TreeRange(int First, int End, int Iterations)
{
    /// <summary>Checks a range against a model; -1 iterations means all from the first one on.</summary>
    public static TreeRange Of(TreeModel model, int firstIteration, int iterations)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstIteration);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(firstIteration, model.IterationCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(iterations, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(iterations, model.IterationCount - firstIteration);
        var count = iterations < 0 ? model.IterationCount - firstIteration : iterations;
        return new(firstIteration * model.TreesPerIteration, (firstIteration + count) * model.TreesPerIteration, count);
    }
}
