using System.Security.Cryptography;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;
using LoanRisk.Training.Data;
using LoanRisk.Training.Registry;
using LoanRisk.Training.Train;
using LoanRisk.Training.Tune;

namespace LoanRisk.Web.Jobs;

/// <summary>Trains a model as the console does, with or without a search for parameters, and registers it as a candidate.</summary>
internal sealed class TrainingJob(DataFolder folder, ModelRegistry registry, LoanProduct product, Job job, JobProgress progress, TimeProvider clock)
{
    private const int TrainingSteps = 5; // weighing, training, cross-validating, measuring, baselines

    private const double ReadingShare = 0.02;

    private const double SearchShare = 0.8;

    private readonly JobArguments _arguments = JobArguments.FromJson(job.Arguments);

    /// <summary>Does the work.</summary>
    /// <returns>Id of the registered model.</returns>
    public string Run(CancellationToken cancellationToken)
    {
        var source = progress.Part(0, ReadingShare, 1).Run("Reading the loans", p => ProductData.Read(folder, product, file: null, _arguments.DataVersion, p, cancellationToken));
        return _arguments.Trials is { } trials ? Search(source, trials, cancellationToken) : Train(source, [], ReadingShare, ModelSource.Trained, $"job {job.Id}", cancellationToken);
    }

    private string Search(ProductData source, int trials, CancellationToken cancellationToken)
    {
        var store = TrialStore.Open(folder);
        var settings = new TuneSettings { Trials = trials, Seed = _arguments.Seed };
        var study = new Study(RandomNumberGenerator.GetHexString(12, lowercase: true), product.Id, source.Data.Sha256, settings.ToJson(), clock.GetUtcNow());
        store.Begin(study);
        var best = TuneRun.Best(progress.Part(ReadingShare, SearchShare, 1).RunWithNotes($"Tuning {product.Name}", p => TuneRun.Run(source.Data, study, store, clock, p, cancellationToken)));
        var model = Train(source, [.. best.Parameters], SearchShare, ModelSource.Tuned, $"job {job.Id}, search {study.Id}, trial {best.Number}", cancellationToken);
        store.End(study.Id, clock.GetUtcNow(), model);
        return model;
    }

    private string Train(ProductData source, IReadOnlyList<KeyValuePair<string, string>> parameters, double from, ModelSource kind, string reason, CancellationToken cancellationToken)
    {
        var options = new TrainingOptions { Seed = _arguments.Seed, Parameters = parameters, Champion = Champion() };
        var model = TrainingRun.Run(source.Data, options, clock.GetUtcNow(), progress.Part(from, 1, TrainingSteps), cancellationToken);
        cancellationToken.ThrowIfCancellationRequested();
        return registry.Register(model.Package, kind, new Deed(job.RequestedBy, clock.GetUtcNow(), reason), dataVersion: source.Version!.Id).Id;
    }

    // One that must not be used is not compared with; the models page says why it is refused.
    private RegisteredPackage? Champion()
    {
        try
        {
            return RegisteredPackage.Champion(registry, product);
        }
        catch (ModelPackageException)
        {
            return null;
        }
    }
}
