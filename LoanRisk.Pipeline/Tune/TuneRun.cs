using LoanRisk.Lending.Evaluation;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Trials;

namespace LoanRisk.Pipeline.Tune;

/// <summary>
/// Searches training parameters by cross-validated AUC on the rows that are not for the test: the product's own first, then random ones,
/// then a Parzen search over what was seen. A trial depends on the seed, its number and the trials before it alone, so a search that was
/// stopped and resumed finds what an unbroken one finds.
/// </summary>
public sealed class TuneRun
{
    private readonly DataSet _data;
    private readonly TuneSettings _settings;
    private readonly SearchSpace _space;
    private readonly TimeProvider _time;
    private readonly List<Trial> _trials;

    private TuneRun(DataSet data, StoredStudy study, TimeProvider time)
    {
        (_data, _time, _space) = (data, time, SearchSpace.For(data.RowCount));
        _settings = TuneSettings.FromJson(study.Study.Settings);
        _trials = [.. study.Trials];
    }

    /// <summary>Does the trials that are missing.</summary>
    /// <param name="data">All rows; the test rows are left out here.</param>
    /// <param name="study">The search.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Told the share done and the best so far.</param>
    /// <param name="cancellationToken">Stops between and within trials; those that are done stay.</param>
    /// <returns>All trials, in order.</returns>
    /// <exception cref="InvalidInputException">There are too few rows of one outcome.</exception>
    /// <exception cref="InvalidOptionException">The trainer cannot train here, or cannot do what the product asks.</exception>
    public static IReadOnlyList<Trial> Run(
        DataSet data, StoredStudy study, TimeProvider time, IProgress<StepState> progress, CancellationToken cancellationToken)
    {
        DataSplit.RequireEnough(data, "A search");
        var run = new TuneRun(data, study, time);
        var development = data.Only(DataSplit.Create(data, run._settings.Seed).Development);
        while (run._trials.Count < run._settings.Trials)
        {
            run.Report(progress);
            var trial = run.Try(development, run._trials.Count + 1, cancellationToken);
            study.Add(trial);
            run._trials.Add(trial);
        }

        return run._trials;
    }

    /// <summary>The trial that reached most; of equals the first.</summary>
    /// <exception cref="InvalidInputException">No trial was complete.</exception>
    public static Trial Best(IEnumerable<Trial> trials) =>
        trials.Where(t => t.Complete).MaxBy(t => t.Metric) ?? throw new InvalidInputException("Every trial failed; the trials say why.");

    private void Report(IProgress<StepState> progress)
    {
        var best = _trials.Where(t => t.Complete).MaxBy(t => t.Metric);
        progress.Report(
            new StepState(
                (double)_trials.Count / _settings.Trials,
                best is null ? "" : $"best AUC {best.Metric:0.0000} (trial {best.Number} of {_trials.Count})"));
    }

    private Trial Try(DataSet development, int number, CancellationToken cancellationToken)
    {
        var (step, parameters) = Propose(number);
        var (start, started) = (_time.GetUtcNow(), _time.GetTimestamp());
        var all = DefaultParameters.For(_data.Product, parameters, _settings.Seed);
        if (_settings.Monotone == MonotoneRule.All)
        {
            all = MonotoneSelection.With(
                all,
                development,
                [.. Enumerable.Range(0, _data.Product.Features.Count).Where(f => _data.Product.Features[f].Monotone != 0)]);
        }

        var folds = CrossValidation.Run(
            development, TreeRecipes.Of(_settings.Trainer, all, _settings.Imbalance), cancellationToken: cancellationToken);
        return new Trial
        {
            Number = number,
            Step = step,
            Parameters = parameters,
            Seed = _settings.Seed,
            Folds = folds.AucByFold,
            Metric = folds.Auc,
            StartedAt = start,
            Seconds = _time.GetElapsedTime(started).TotalSeconds,
        };
    }

    private (string Step, IReadOnlyDictionary<string, string> Parameters) Propose(int number)
    {
        if (number == 1)
        {
            return ("default", new Dictionary<string, string>());
        }

        var random = new SeededRandom(_settings.Seed, number);
        var tried = _trials.Where(t => t.Complete && t.Parameters.Count > 0).Select(t => (_space.PlaceOf(t.Parameters), t.Metric)).ToList();
        return number <= _settings.RandomTrials || tried.Count < 2
            ? ("random", _space.At([.. _space.Dimensions.Select(_ => random.NextDouble())]))
            : ("bayes", _space.At(ParzenSearch.Propose(tried, ref random)));
    }
}
