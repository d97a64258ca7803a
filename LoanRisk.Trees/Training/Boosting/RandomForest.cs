using LoanRisk.Trees.Training.Growing;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>
/// Trees on drawn rows or features, all on the gradients of the start (Breiman 2001, with second-order leaf outputs). Each
/// carries the start, and the score is the average of their outputs.
/// </summary>
internal sealed class RandomForest(TrainingTable table, TrainingParameters parameters, TrainingTable? validation, ParallelOptions threads)
    : BoostingRun(table, parameters, validation, threads)
{
    private readonly List<Tree> _trees = [];

    protected override bool Iterate(int iteration)
    {
        if (iteration == 0)
        {
            DeriveFromStart();
        }

        Sample(iteration);
        for (var output = 0; output < Loss.Outputs; output++)
        {
            var tree = Tree(output);
            _trees.Add(ToTree(tree));
            Average(output, tree, iteration);
        }

        return true;
    }

    protected override IEnumerable<Tree> Trees() => _trees;

    private void DeriveFromStart()
    {
        for (var output = 0; output < Loss.Outputs; output++)
        {
            Scores.Add(output, Start[output]);
        }

        Loss.Derive(Scores.Values, Gradients, Threads);
    }

    private GrownTree Tree(int output)
    {
        if (Grow(output) is not { } tree)
        {
            // LightGBM has 0 here, which would pull the average away from the base score.
            return Constant(Loss.BaseScore(output));
        }

        if (Start[output] is not 0)
        {
            tree.AddBias(Start[output]);
        }

        return tree;
    }

    private void Average(int output, GrownTree tree, int before)
    {
        if (Watch is not null)
        {
            Watch.Scores.Multiply(output, before);
            Watch.Scores.Add(output, tree);
            Watch.Scores.Multiply(output, 1.0 / (before + 1));
        }
    }
}
