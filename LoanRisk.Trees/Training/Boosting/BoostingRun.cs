using LoanRisk.Trees.Training.Binning;
using LoanRisk.Trees.Training.Growing;
using LoanRisk.Trees.Training.Losses;
using LoanRisk.Trees.Training.Sampling;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>One training run, iteration by iteration; how trees follow on each other is what its kinds differ in.</summary>
internal abstract class BoostingRun
{
    // A start nearer to 0 than this is no start, as in LightGBM.
    private const double Epsilon = 1e-15f;

    private readonly TreeGrower? _grower;
    private readonly FeatureDraws _features;
    private readonly IRowSample _sample;
    private readonly BinnedTable _binned;

    protected BoostingRun(TrainingTable table, TrainingParameters parameters, TrainingTable? validation, ParallelOptions threads)
    {
        Table = table;
        Parameters = parameters;
        Threads = threads;
        var seeds = TrainingSeeds.From(parameters);
        _binned = BinnedTable.Of(table, parameters, seeds.BinSample, threads);
        Loss = ILoss.Of(table, parameters);
        Start = [.. Enumerable.Range(0, Loss.Outputs).Select(StartOf)];
        Scores = new RunningScores(_binned, Loss.Outputs, threads);
        Gradients = [.. Enumerable.Range(0, Loss.Outputs).Select(_ => new GradientPair[table.RowCount])];
        Watch = validation is null ? null : Watching(validation);
        _grower = _binned.Bins.Length > 0 ? new TreeGrower(_binned, parameters, threads) : null;
        _features = new FeatureDraws(_binned.Bins.Length, parameters.FeatureFraction, seeds.Features);
        _sample = parameters.DataSampleStrategy == DataSampleStrategy.Goss
            ? new GradientSampling(table.RowCount, parameters, seeds.Bagging)
            : new RowBagging(table, parameters, seeds.Bagging);
    }

    protected TrainingTable Table { get; }

    protected TrainingParameters Parameters { get; }

    protected ParallelOptions Threads { get; }

    protected ILoss Loss { get; }

    /// <summary>The training rows' scores.</summary>
    protected RunningScores Scores { get; }

    /// <summary>The validation rows' scores and what they measure.</summary>
    protected ValidationWatch? Watch { get; }

    /// <summary>One array an output.</summary>
    protected GradientPair[][] Gradients { get; }

    /// <summary>The score each output starts from; 0 without boost_from_average.</summary>
    protected double[] Start { get; }

    public static BoostingRun Of(
        TrainingTable table, TrainingParameters parameters, TrainingTable? validation, ParallelOptions threads) =>
        parameters.Boosting switch
    {
        BoostingType.Dart => new DartBoosting(table, parameters, validation, threads),
        BoostingType.Rf => new RandomForest(table, parameters, validation, threads),
        _ => new GradientBoosting(table, parameters, validation, threads),
    };

    public TrainingResult Run(IProgress<TrainingProgress>? progress)
    {
        for (var iteration = 0; iteration < Parameters.NumIterations && Watch is not { MustStop: true }; iteration++)
        {
            Threads.CancellationToken.ThrowIfCancellationRequested();
            if (!Iterate(iteration))
            {
                break;
            }

            var metric = Watch?.Measure();
            progress?.Report(new TrainingProgress(iteration + 1, Parameters.NumIterations, metric));
        }

        Tree[] trees = [.. Trees()];
        var kept = Parameters.EarlyStoppingRound > 0 && Watch is { BestIteration: > 0 } ? Watch.BestIteration : trees.Length / Loss.Outputs;
        return new TrainingResult(
            ModelWriting.ToModel(Table, _binned, Parameters, Loss, trees[..(kept * Loss.Outputs)]), kept, Watch?.History ?? []);
    }

    /// <summary>Grows an iteration's trees; false when there is nothing left to split.</summary>
    protected abstract bool Iterate(int iteration);

    /// <summary>All trees so far, output by output within an iteration.</summary>
    protected abstract IEnumerable<Tree> Trees();

    protected Tree ToTree(GrownTree tree) => TreeWriting.ToTree(tree, _binned);

    /// <summary>A tree of one leaf.</summary>
    protected GrownTree Constant(double value) => new(value, Table.RowCount);

    protected void Sample(int iteration) => _sample.Prepare(iteration, Gradients);

    /// <summary>Grows a tree for an output on the current sample; null when it cannot be split.</summary>
    protected GrownTree? Grow(int output)
    {
        if (_grower is null || !Loss.CanLearn(output))
        {
            return null;
        }

        var tree = _grower.Grow(Gradients[output], _sample.InBag, _features.Next());
        return tree.Nodes.Count == 0 ? null : tree;
    }

    /// <summary>Adds the tree grown last to the scores of training and validation rows.</summary>
    protected void AddGrown(int output, GrownTree tree)
    {
        Scores.Add(output, tree, _grower!, _sample.OutOfBag);
        Watch?.Scores.Add(output, tree);
    }

    protected void AddToAll(int output, double value)
    {
        Scores.Add(output, value);
        Watch?.Scores.Add(output, value);
    }

    private ValidationWatch Watching(TrainingTable validation)
    {
        var scores = new RunningScores(_binned.Alike(validation, Threads), Loss.Outputs, Threads);
        return new ValidationWatch(validation, scores, Parameters, Loss.Objective, Threads);
    }

    private double StartOf(int output)
    {
        var score = Parameters.BoostFromAverage || _binned.Bins.Length == 0 ? Loss.BaseScore(output) : 0;
        return Math.Abs(score) > Epsilon ? score : 0;
    }
}
