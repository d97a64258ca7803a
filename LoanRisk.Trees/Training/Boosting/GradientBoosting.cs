using LoanRisk.Trees.Training.Growing;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>Trees are grown on the gradients of the scores the trees before them add up to (Friedman 2001).</summary>
internal class GradientBoosting(TrainingTable table, TrainingParameters parameters, TrainingTable? validation, ParallelOptions threads)
    : BoostingRun(table, parameters, validation, threads)
{
    private readonly List<Tree> _trees = [];

    protected override bool Iterate(int iteration)
    {
        if (iteration == 0)
        {
            StartAll();
        }

        var rate = Begin(iteration);
        Loss.Derive(Scores.Values, Gradients, Threads);
        Sample(iteration);
        var grown = new GrownTree?[Loss.Outputs];
        for (var output = 0; output < grown.Length; output++)
        {
            grown[output] = GrowScaled(output, rate, iteration == 0 ? Start[output] : 0);
        }

        var hasGrown = grown.Any(tree => tree is not null);
        if (hasGrown || iteration == 0)
        {
            Keep([.. grown.Select((tree, output) => tree ?? Constant(iteration == 0 ? FirstConstant(output) : 0))]);
        }

        Conclude(hasGrown, rate);
        return hasGrown;
    }

    protected override IEnumerable<Tree> Trees() => _trees;

    /// <summary>Prepares an iteration's scores; what its trees are multiplied with.</summary>
    protected virtual double Begin(int iteration) => Parameters.LearningRate;

    /// <summary>Takes an iteration's trees, one an output.</summary>
    protected virtual void Keep(GrownTree[] ofIteration) => _trees.AddRange(ofIteration.Select(ToTree));

    /// <summary>Called after an iteration's trees were kept, or given up because none could be split.</summary>
    protected virtual void Conclude(bool hasGrown, double rate)
    {
    }

    private void StartAll()
    {
        for (var output = 0; output < Loss.Outputs; output++)
        {
            AddToAll(output, Start[output]);
        }
    }

    // The first tree carries the start, which its rows' scores already have.
    private GrownTree? GrowScaled(int output, double rate, double start)
    {
        if (Grow(output) is not { } tree)
        {
            return null;
        }

        tree.Shrink(rate);
        AddGrown(output, tree);
        if (start is not 0)
        {
            tree.AddBias(start);
        }

        return tree;
    }

    // Without a tree to carry it the base score is the model, even where boosting does not start from it.
    private double FirstConstant(int output)
    {
        if (Parameters.BoostFromAverage)
        {
            return Start[output];
        }

        var score = Loss.BaseScore(output);
        AddToAll(output, score - Start[output]);
        return score;
    }
}
