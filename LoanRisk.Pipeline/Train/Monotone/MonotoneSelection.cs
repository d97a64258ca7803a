using System.Collections.Immutable;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Monotone;

/// <summary>How the monotone directions of the product file are used.</summary>
public enum MonotoneRule
{
    /// <summary>Each is weighed by what it costs in cross-validated AUC.</summary>
    Weigh,

    /// <summary>All are kept, whatever they cost.</summary>
    All,

    /// <summary>None is kept.</summary>
    None,
}

/// <summary>How the directions are decided about.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Tolerance">AUC that the kept directions together may cost; only for <see cref="MonotoneRule.Weigh"/>.</param>
public sealed record MonotoneSettings(MonotoneRule Rule, double Tolerance)
{
    /// <summary>Who grows the trees that are compared.</summary>
    public TreeTrainer Trainer { get; init; }

    /// <summary>The machines that grow them together; null where they are grown here.</summary>
    public ITrainingMachines? Machines { get; init; }
}

/// <summary>Decides which of the product's monotone directions the trees must keep, from cross-validated AUC.</summary>
public sealed class MonotoneSelection
{
    private readonly DataSet _data;
    private readonly TrainingParameters _parameters;
    private readonly MonotoneSettings _settings;
    private readonly Action<int, int> _progress;
    private readonly CancellationToken _cancellationToken;
    private readonly Dictionary<string, CrossValidationResult> _known = [];
    private readonly int[] _directed;
    private int _foldsDone;

    private MonotoneSelection(
        DataSet data,
        TrainingParameters parameters,
        MonotoneSettings settings,
        Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        (_data, _parameters, _settings, _progress, _cancellationToken) = (data, parameters, settings, progress, cancellationToken);
        _directed = [.. Enumerable.Range(0, data.Product.Features.Count).Where(f => data.Product.Features[f].Monotone != 0)];
    }

    /// <summary>Decides by a rule.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="parameters">Parameters without directions.</param>
    /// <param name="settings">How to decide.</param>
    /// <param name="progress">Told how many model fits are done, and of how many at most.</param>
    /// <param name="cancellationToken">Stops between and within fits.</param>
    public static MonotoneDecision Decide(
        DataSet data,
        TrainingParameters parameters,
        MonotoneSettings settings,
        Action<int, int> progress,
        CancellationToken cancellationToken)
    {
        var (rule, tolerance) = settings;
        var weighing = new MonotoneSelection(data, parameters, settings, progress, cancellationToken);
        return rule switch
        {
            MonotoneRule.All => weighing.Fixed("All directions of the product file are kept.", weighing._directed, tolerance),
            MonotoneRule.None => weighing.Fixed("No direction of the product file is kept.", [], tolerance),
            _ => weighing.Weigh(tolerance),
        };
    }

    /// <summary>The parameters with some features' directions of the product.</summary>
    public static TrainingParameters With(TrainingParameters parameters, DataSet data, IReadOnlyCollection<int> features) =>
        features.Count == 0
            ? parameters
            : parameters with { MonotoneConstraints = [.. data.Product.Features.Select((f, i) => features.Contains(i) ? f.Monotone : 0)] };

    private MonotoneDecision Fixed(string rule, int[] kept, double tolerance) =>
        new(rule, tolerance, kept.Length == 0 ? Measure([]) : null, kept.Length > 0 ? Measure(kept) : null, Measure(kept), [], Names(kept));

    private MonotoneDecision Weigh(double tolerance)
    {
        var none = Measure([]);
        var all = Measure(_directed);
        var kept = new List<int>();
        var costs = new List<DirectionCost>();
        foreach (var feature in _directed.OrderByDescending(f => Measure([f]).Auc).ToArray())
        {
            var added = Measure([.. kept, feature]).Auc;
            var keep = added >= none.Auc - tolerance;
            var alone = Measure([feature]).Auc;
            costs.Add(
                new DirectionCost(
                    _data.Product.Features[feature].Name, _data.Product.Features[feature].Monotone, alone, none.Auc - alone, added, keep));
            if (keep)
            {
                kept.Add(feature);
            }
        }

        return new MonotoneDecision(
            $"From the cheapest alone to the dearest, a direction is kept when the {CrossValidation.FoldCount}-fold AUC with it and those "
            + $"kept before is at most {tolerance} below the AUC with none.",
            tolerance, none, all, Measure(kept), costs, Names(kept));
    }

    private List<string> Names(IEnumerable<int> features) => [.. features.Order().Select(f => _data.Product.Features[f].Name)];

    private CrossValidationResult Measure(IReadOnlyCollection<int> features)
    {
        var key = string.Join(',', features.Order());
        if (!_known.TryGetValue(key, out var result))
        {
            var parameters = With(_parameters, _data, features);
            var recipe = _settings.Machines is { } machines
                ? TreeRecipes.Over(machines, parameters)
                : TreeRecipes.Of(_settings.Trainer, parameters);
            result = CrossValidation.Run(_data, recipe, FoldDone, _cancellationToken);
            _known.Add(key, result);
        }

        return result;
    }

    // At most: none, all, each alone, and one addition for each but the first.
    private int MostFolds => CrossValidation.FoldCount * (_settings.Rule == MonotoneRule.Weigh ? (2 * _directed.Length) + 1 : 1);

    private void FoldDone() => _progress(Interlocked.Increment(ref _foldsDone), MostFolds);
}
