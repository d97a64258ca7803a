using LoanRisk.Pipeline.Tune;
using LoanRisk.Store.Trials;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>A search for parameters on the server: a run, and below it one for each trial.</summary>
/// <param name="client">The server.</param>
/// <param name="study">The search.</param>
internal sealed class TrackedSearch(MlflowClient client, Study study)
{
    private readonly HashSet<int> _logged = [];

    private MlflowRuns? _runs;

    private MlflowRun? _parent;

    /// <summary>Logs the trials that the server does not know.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task LogAsync(IReadOnlyList<Trial> trials, CancellationToken cancellationToken)
    {
        _runs ??= await MlflowRuns.OfAsync(client, study.Product, cancellationToken).ConfigureAwait(false);
        _parent ??= await OpenAsync(_runs, cancellationToken).ConfigureAwait(false);
        foreach (var trial in trials.Where(trial => !_logged.Contains(trial.Number)))
        {
            var end = trial.StartedAt + TimeSpan.FromSeconds(trial.Seconds);
            var run = await _runs.BeginAsync(Run(trial), end, cancellationToken).ConfigureAwait(false);
            await _runs.EndAsync(run.Id, end, cancellationToken).ConfigureAwait(false);
            _logged.Add(trial.Number);
        }
    }

    /// <summary>Says which trial was best, and that the search is over.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task EndAsync(IReadOnlyList<Trial> trials, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await LogAsync(trials, cancellationToken).ConfigureAwait(false);
        var best = TuneRun.Best(trials);
        var values = new LoggedValues()
            .Metric("cv.auc", best.Metric)
            .Metric("trials", trials.Count)
            .Tag("loanrisk.best_trial", FormattableString.Invariant($"{best.Number}"));
        await _runs!.LogAsync(_parent!.Id, values, at, cancellationToken).ConfigureAwait(false);
        await _runs.EndAsync(_parent.Id, at, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The run of a search; null when the server knows none.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public static async Task<MlflowRun?> FindAsync(MlflowRuns runs, string search, CancellationToken cancellationToken) =>
        (await runs.FindAsync(TrackedTags.Search, search, cancellationToken).ConfigureAwait(false))
            .Where(found => !found.Tags.ContainsKey(TrackedTags.Trial))
            .Select(found => found.Run)
            .FirstOrDefault();

    // One that was begun by an earlier process goes on where it was left.
    private async Task<MlflowRun> OpenAsync(MlflowRuns runs, CancellationToken cancellationToken)
    {
        var found = await runs.FindAsync(TrackedTags.Search, study.Id, cancellationToken).ConfigureAwait(false);
        foreach (var (_, tags) in found)
        {
            if (tags.TryGetValue(TrackedTags.Trial, out var number))
            {
                _logged.Add(int.Parse(number, System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        var parent = found.Where(run => !run.Tags.ContainsKey(TrackedTags.Trial)).Select(run => run.Run).FirstOrDefault();
        return parent ?? await runs.BeginAsync(Run(), study.StartedAt, cancellationToken).ConfigureAwait(false);
    }

    private NewRun Run()
    {
        var settings = TuneSettings.FromJson(study.Settings);
        var values = Tagged()
            .Parameter("trials", FormattableString.Invariant($"{settings.Trials}"))
            .Parameter("seed", FormattableString.Invariant($"{settings.Seed}"))
            .Parameter("trainer", settings.Trainer.ToString().ToLowerInvariant())
            .Parameter("imbalance", settings.Imbalance.ToString().ToLowerInvariant())
            .Parameter("monotone", settings.Monotone.ToString().ToLowerInvariant());
        return new NewRun($"search {study.Id}", study.StartedAt, values);
    }

    private NewRun Run(Trial trial)
    {
        var values = Tagged()
            .Tag(TrackedTags.Parent, _parent!.Id)
            .Tag(TrackedTags.Trial, FormattableString.Invariant($"{trial.Number}"))
            .Tag("loanrisk.step", trial.Step)
            .Parameter("seed", FormattableString.Invariant($"{trial.Seed}"))
            .Metric("training.seconds", trial.Seconds);
        foreach (var (name, value) in trial.Parameters)
        {
            values.Parameter(name, value);
        }

        foreach (var (fold, auc) in trial.Folds.Index())
        {
            values.Metric("cv.fold_auc", auc, fold);
        }

        return new NewRun(
            FormattableString.Invariant($"trial {trial.Number}"),
            trial.StartedAt,
            trial.Complete ? values.Metric("cv.auc", trial.Metric) : values.Tag("loanrisk.failed", "true"));
    }

    private LoggedValues Tagged() => new LoggedValues()
        .Tag(TrackedTags.Search, study.Id)
        .Tag("loanrisk.product", study.Product)
        .Tag("loanrisk.data_sha256", study.DataId)
        .Tag("loanrisk.code_version", CodeVersion.Current)
        .Tag("mlflow.source.name", "LoanRisk")
        .Tag("mlflow.source.type", "LOCAL");
}
