using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Evaluation;
using LoanRisk.Trees.Training.Growing;
using LoanRisk.Trees.Training.Histograms;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>One training run: trees are grown on the gradients of the scores the trees before them add up to.</summary>
internal sealed class BoostingRun
{
    private readonly TrainingTable table;
    private readonly TrainingParameters parameters;
    private readonly ParallelOptions threads;
    private readonly BinnedTable binned;
    private readonly BinaryLogLoss loss;
    private readonly ValidationWatch? watch;
    private readonly double[] scores;
    private readonly List<Tree> trees = [];

    public BoostingRun(TrainingTable table, TrainingParameters parameters, TrainingTable? validation, ParallelOptions threads)
    {
        this.table = table;
        this.parameters = parameters;
        this.threads = threads;
        binned = BinnedTable.Of(table, parameters, TrainingSeeds.From(parameters.Seed).BinSample, threads);
        loss = new BinaryLogLoss(table, parameters);
        scores = new double[table.RowCount];
        watch = validation is null ? null : new ValidationWatch(validation, binned.Alike(validation, threads), parameters, threads);
    }

    public TrainingResult Run(IProgress<TrainingProgress>? progress)
    {
        double start = parameters.BoostFromAverage ? loss.BaseScore() : 0;
        Array.Fill(scores, start);
        watch?.Start(start);
        if (loss.HasBothClasses && binned.Bins.Length > 0)
        {
            Boost(start, progress);
        }

        if (trees.Count == 0)
        {
            trees.Add(TreeWriting.Constant(loss.BaseScore(), table.RowCount));
        }

        int kept = parameters.EarlyStoppingRound > 0 && watch is { BestIteration: > 0 } ? watch.BestIteration : trees.Count;
        return new TrainingResult(ModelWriting.ToModel(table, binned, parameters, trees[..kept]), kept, watch?.History ?? []);
    }

    private void Boost(double start, IProgress<TrainingProgress>? progress)
    {
        TrainingSeeds seeds = TrainingSeeds.From(parameters.Seed);
        var grower = new TreeGrower(binned, parameters, threads);
        var bagging = new RowBagging(table, parameters, seeds.Bagging);
        var features = new FeatureDraws(binned.Bins.Length, parameters.FeatureFraction, seeds.Features);
        var gradients = new GradientPair[table.RowCount];
        for (int iteration = 0; iteration < parameters.NumIterations && watch is not { MustStop: true }; iteration++)
        {
            threads.CancellationToken.ThrowIfCancellationRequested();
            loss.Derive(scores, gradients, threads);
            bagging.Prepare(iteration);
            GrownTree tree = grower.Grow(gradients, bagging.InBag, features.Next());
            if (tree.Nodes.Count == 0)
            {
                return;
            }

            tree.Shrink(parameters.LearningRate);
            AddScores(tree, grower, bagging);
            trees.Add(TreeWriting.ToTree(tree, binned, parameters.LearningRate, iteration == 0 && Math.Abs(start) > 1e-15 ? start : 0));
            double? metric = watch?.Add(tree);
            progress?.Report(new TrainingProgress(iteration + 1, parameters.NumIterations, metric));
        }
    }

    private void AddScores(GrownTree tree, TreeGrower grower, RowBagging bagging)
    {
        for (int leaf = 0; leaf < tree.Leaves.Count; leaf++)
        {
            double output = tree.Leaves[leaf].Output;
            foreach (int row in grower.RowsOf(leaf))
            {
                scores[row] += output;
            }
        }

        int[] others = bagging.OutOfBag;
        RowChunks.ForEach(others.Length, threads, (from, to) =>
        {
            for (int i = from; i < to; i++)
            {
                scores[others[i]] += tree.Leaves[tree.LeafOf(binned.Columns, others[i])].Output;
            }
        });
    }
}
