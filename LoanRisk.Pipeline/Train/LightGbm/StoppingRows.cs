using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>
/// The rows of all machines that end the training of the trees: what each iteration measures on them, and which was the best.
/// </summary>
/// <param name="bad">The outcomes of this machine's.</param>
/// <param name="parameters">The metric, and how long to wait for a better one.</param>
/// <param name="machines">The machines.</param>
internal sealed class StoppingRows(bool[] bad, TrainingParameters parameters, ITrainingMachines machines)
{
    private const double Epsilon = 1e-15;

    private readonly bool[] _bad = machines.All(bad);
    private int _iterations;
    private double _best = double.NaN;

    /// <summary>The iteration (from 1) with the best measure, the first of equals; 0 before any.</summary>
    public int BestIteration { get; private set; }

    /// <summary>No better measure for early_stopping_round iterations.</summary>
    public bool MustStop => parameters.EarlyStoppingRound > 0 && _iterations - BestIteration >= parameters.EarlyStoppingRound;

    /// <summary>Measures an iteration: the same number on every machine.</summary>
    public void Measure(double[] probabilities)
    {
        var all = machines.All(probabilities);
        var measure = parameters.WatchedMetric == TrainingMetric.Auc
            ? Auc.Of(all, _bad)
            : -LogLoss.Of(new ScoredLoans(Array.ConvertAll(all, p => Math.Clamp(p, Epsilon, 1 - Epsilon)), _bad));
        _iterations++;
        if (double.IsNaN(_best) || measure > _best)
        {
            (_best, BestIteration) = (measure, _iterations);
        }
    }
}
