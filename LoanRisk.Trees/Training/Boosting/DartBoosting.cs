using LoanRisk.Trees.Training.Growing;
using LoanRisk.Trees.Training.Sampling;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>
/// Dropouts meet multiple additive regression trees (Rashmi and Gilad-Bachrach 2015): an iteration's trees are grown on the
/// scores without k drawn iterations; then they weigh learning_rate / (k + 1) and the dropped ones k / (k + 1) of what they weighed.
/// With xgboost_dart_mode these are learning_rate / (k + learning_rate) and k / (k + learning_rate).
/// </summary>
internal sealed class DartBoosting(TrainingTable table, TrainingParameters parameters, TrainingTable? validation, ParallelOptions threads)
    : GradientBoosting(table, parameters, validation, threads)
{
    private readonly List<GrownTree[]> _iterations = [];
    private readonly TreeDropping _dropping = new(parameters, TrainingSeeds.From(parameters).Drop);
    private int[] _dropped = [];

    protected override IEnumerable<Tree> Trees() => _iterations.SelectMany(trees => trees).Select(ToTree);

    protected override double Begin(int iteration)
    {
        _dropped = _dropping.Draw(iteration);
        Each((output, tree) =>
        {
            tree.Shrink(-1);
            Scores.Add(output, tree);
        });
        var rate = Parameters.LearningRate;
        return !Parameters.XgboostDartMode ? rate / (1 + (double)_dropped.Length)
            : _dropped.Length == 0 ? rate : rate / (rate + _dropped.Length);
    }

    protected override void Keep(GrownTree[] ofIteration) => _iterations.Add(ofIteration);

    protected override void Conclude(bool hasGrown, double rate)
    {
        if (!hasGrown)
        {
            Each((_, tree) => tree.Shrink(-1));
            return;
        }

        double k = _dropped.Length;
        // A dropped tree is now its negative: first to what the validation rows have too much of, then to what it weighs from here on.
        var excess = Parameters.XgboostDartMode ? rate : 1 / (k + 1);
        var remaining = Parameters.XgboostDartMode ? -k / Parameters.LearningRate : -k;
        Each((output, tree) =>
        {
            tree.Shrink(excess);
            Watch?.Scores.Add(output, tree);
            tree.Shrink(remaining);
            Scores.Add(output, tree);
        });
        _dropping.Conclude(_dropped, rate);
    }

    private void Each(Action<int, GrownTree> change)
    {
        foreach (var iteration in _dropped)
        {
            for (var output = 0; output < _iterations[iteration].Length; output++)
            {
                change(output, _iterations[iteration][output]);
            }
        }
    }
}

/// <summary>Draws the iterations that dart leaves out, and keeps count of what each weighs.</summary>
internal sealed class TreeDropping(TrainingParameters parameters, int seed)
{
    private readonly LinearCongruence _draws = new(seed);
    private readonly List<double> _weights = [];
    private double _weightSum;

    /// <summary>The iterations to leave out of those before this one, ascending.</summary>
    public int[] Draw(int before)
    {
        if (_draws.NextFraction() < parameters.SkipDrop)
        {
            return [];
        }

        var inverseMean = _weights.Count / _weightSum;
        var rate = Limited(before, inverseMean);
        var dropped = new List<int>();
        for (var iteration = 0; iteration < before; iteration++)
        {
            if (_draws.NextFraction() < (parameters.UniformDrop ? rate : rate * _weights[iteration] * inverseMean))
            {
                dropped.Add(iteration);
                if (dropped.Count == parameters.MaxDrop)
                {
                    break;
                }
            }
        }

        return [.. dropped];
    }

    /// <summary>Takes note of the weight of an iteration that left out others, and of theirs.</summary>
    public void Conclude(int[] dropped, double rate)
    {
        var share = dropped.Length + (parameters.XgboostDartMode ? parameters.LearningRate : 1);
        foreach (var iteration in dropped)
        {
            _weightSum -= _weights[iteration] * (1 / share);
            _weights[iteration] *= dropped.Length / share;
        }

        _weights.Add(rate);
        _weightSum += rate;
    }

    private double Limited(int before, double inverseMean)
    {
        if (parameters.MaxDrop <= 0)
        {
            return parameters.DropRate;
        }

        var most = parameters.UniformDrop ? parameters.MaxDrop / (double)before : parameters.MaxDrop * inverseMean / _weightSum;
        return Math.Min(parameters.DropRate, most);
    }
}
