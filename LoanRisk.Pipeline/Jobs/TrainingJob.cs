using LoanRisk.Lending;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train;
using LoanRisk.Pipeline.Tune;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>Trains a model as the console does, with or without a search for parameters, and registers it as a candidate.</summary>
internal sealed class TrainingJob(JobServices services, LoanProduct product, JobLease lease)
{
    private const int TrainingSteps = 5; // weighing, training, cross-validating, measuring, baselines

    private const double ReadingShare = 0.02;

    private const double SearchShare = 0.8;

    private const int ShownId = 12;

    private readonly JobArguments _arguments = JobArguments.FromJson(lease.Job.Arguments);

    /// <summary>Does the work.</summary>
    /// <returns>Id of the registered model, and how it ended.</returns>
    /// <exception cref="OperationCanceledException">It was called off, or is not this worker's any more.</exception>
    public (string Model, string Message) Run()
    {
        var cancellationToken = lease.Token;
        var version = DataChoice.OfVersion(_arguments.DataVersion);
        var source = lease.Progress.Part(0, ReadingShare, 1)
            .Run("Reading the loans", p => ProductData.Read(services.Folder, product, version, p, cancellationToken));
        return _arguments.Trials is { } trials
            ? Search(source, trials, cancellationToken)
            : Registered(Train(source, new Training([], ModelSource.Trained, $"job {lease.Job.Id}", ReadingShare), cancellationToken), "");
    }

    private static (string Model, string Message) Registered(string model, string more) =>
        (model, $"Model {model[..ShownId]} is registered as a candidate{more}.");

    private (string Model, string Message) Search(ProductData source, int trials, CancellationToken cancellationToken)
    {
        var store = TrialStore.Open(services.Folder);
        var settings = new TuneSettings { Trials = trials, Seed = _arguments.Seed, Trainer = _arguments.Trainer };
        var (study, before) = JobSearch.For(
            lease.Job, new WantedSearch(source.Data.Sha256, settings), services.Jobs, store, services.Clock.GetUtcNow());
        var stored = new StoredStudy(study, store) { Kept = () => services.Tracker?.Trials(store, study) };
        var title = before == 0
            ? $"Tuning {product.Name}"
            : $"Tuning {product.Name}, going on after {before} of {CountedNoun.Of(trials, "trial")}";
        var best = TuneRun.Best(lease.Progress.Part(ReadingShare, SearchShare, 1).RunWithNotes(
            title, p => TuneRun.Run(source.Data, stored, services.Clock, p, cancellationToken)));
        var reason = $"job {lease.Job.Id}, search {study.Id}, trial {best.Number}";
        var model = Train(source, new Training([.. best.Parameters], ModelSource.Tuned, reason, SearchShare) { Search = study.Id },
            cancellationToken);
        store.End(study.Id, services.Clock.GetUtcNow(), model);
        services.Tracker?.SearchEnd(store, study, services.Clock.GetUtcNow());
        return Registered(model, before == 0
            ? ""
            : $"; {before} of the {CountedNoun.Of(trials, "trial")} {(before == 1 ? "was one" : "were those")} of an earlier job");
    }

    private string Train(ProductData source, Training training, CancellationToken cancellationToken)
    {
        var options = new TrainingOptions
        {
            Seed = _arguments.Seed,
            Parameters = training.Parameters,
            Trainer = _arguments.Trainer,
            Champion = Champion(),
        };
        var model = TrainingRun.Run(
            source.Data, options, services.Clock, lease.Progress.Part(training.From, 1, TrainingSteps), cancellationToken);
        lease.Require();
        var entry = new AuditEntry(lease.Job.RequestedBy, services.Clock.GetUtcNow(), training.Reason);
        var registered = services.Registry.Register(
            model.Package, training.Source, entry, new TrainingRecord(DataVersion: source.Version!.Id, Time: model.Time));
        services.Tracker?.Model(services.Registry, product, registered.Id, training.Search);
        return registered.Id;
    }

    // One that must not be used is not compared with; the models page says why it is refused.
    private RegisteredPackage? Champion()
    {
        try
        {
            return RegisteredPackage.Champion(services.Registry, product);
        }
        catch (ModelPackageException)
        {
            return null;
        }
    }

    /// <summary>What is trained, and what the registry keeps of why.</summary>
    /// <param name="Parameters">Parameters in place of the product's.</param>
    /// <param name="Source">Where the model comes from.</param>
    /// <param name="Reason">What asked for it.</param>
    /// <param name="From">Share of the job that is done when training begins.</param>
    private sealed record Training(IReadOnlyList<KeyValuePair<string, string>> Parameters, ModelSource Source, string Reason, double From)
    {
        /// <summary>Id of the search that found the parameters; null when none did.</summary>
        public string? Search { get; init; }
    }
}
