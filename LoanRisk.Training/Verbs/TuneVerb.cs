using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Pipeline.Tune;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>tune</c>: searches training parameters, trains with the best and registers the model as a candidate.</summary>
internal static class TuneVerb
{
    private const int StandardTrials = 30;

    private const int ShownIdLength = 12;

    private const int MostShown = 10;

    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var data = VerbOptions.Data();
        var version = VerbOptions.DataVersion();
        var trials = new Option<int?>("--trials")
        {
            Description = $"Trials in all. Default: {StandardTrials}, or what the resumed search has.",
            HelpName = "N",
        };
        var seed = VerbOptions.Seed();
        var monotone = VerbOptions.Choice(
            "--monotone",
            "The product's monotone directions: all keeps them in every trial, none in none; "
            + "weigh searches without and then keeps those that cost little.",
            MonotoneRule.Weigh);
        var tolerance = VerbOptions.MonotoneTolerance();
        var imbalance = VerbOptions.Imbalance();
        var trainer = VerbOptions.Trainer();
        var resume = new Option<bool>("--resume")
        {
            Description = "Go on with the newest unfinished search on the same data, with its own settings.",
        };
        var verb = new Verb(
            "tune",
            "Search training parameters, train with the best and register the model as a candidate.",
            "loanrisk tune peerloan --trials 40",
            "The first trial is the product's own parameters, then come random ones, then a Parzen search over what was seen. "
            + "Each trial is kept as soon as it is done: a search that is stopped (Ctrl+C) goes on with --resume and finds what an "
            + "unbroken one finds. The rows for the test take no part.")
        {
            product, data, version, trials, seed, trainer, imbalance, monotone, tolerance, resume,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => new Call(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                VerbOptions.Rows(parsed.GetValue(data), parsed.GetValue(version)),
                new TuneSettings
                {
                    Trials = Positive(parsed.GetValue(trials)) ?? StandardTrials,
                    Seed = parsed.GetValue(seed),
                    Trainer = Enum.Parse<TreeTrainer>(parsed.GetRequiredValue(trainer), ignoreCase: true),
                    Imbalance = Enum.Parse<ImbalanceRule>(parsed.GetRequiredValue(imbalance), ignoreCase: true),
                    Monotone = Enum.Parse<MonotoneRule>(parsed.GetRequiredValue(monotone), ignoreCase: true),
                    MonotoneTolerance = VerbOptions.Tolerance(parsed.GetValue(tolerance)),
                })
            {
                Resume = parsed.GetValue(resume),
                Trials = parsed.GetValue(trials),
            }.Run(cancellationToken),
            cancellationToken));
        return verb;
    }

    private static int? Positive(int? trials) =>
        trials is null or > 0 ? trials : throw new InvalidOptionException($"--trials is a number from 1; it was {trials}.");

    private sealed record Call(ConsoleSession Session, LoanProduct Product, DataChoice Rows, TuneSettings Settings)
    {
        public bool Resume { get; init; }

        public int? Trials { get; init; }

        public int Run(CancellationToken cancellationToken)
        {
            var store = TrialStore.Open(Session.Data);
            var source = Session.Progress.Run("Reading the rows", p => ProductData.Read(Session.Data, Product, Rows, p, cancellationToken));
            TrainingOutput.WriteData(Session, source.Data);
            TrainingOutput.WriteLeftOut(Session, source.Data);
            DataSplit.RequireEnough(source.Data, "A search"); // before one is begun
            TreeRecipes.Of(Settings.Trainer, DefaultParameters.For(Product, [], Settings.Seed), Settings.Imbalance);
            var study = Resume ? Unfinished(store, source.Data) : Begin(store, source.Data);
            try
            {
                Search(source, study, store, cancellationToken);
                return ExitCode.Fine;
            }
            catch (OperationCanceledException)
            {
                var kept = store.Trials(study.Id).Count;
                var when = kept == 0
                    ? "before the first trial was done"
                    : $"after {CountedNoun.Of(kept, "trial, which is", "trials, which are")} kept";
                var data = Rows.File is null ? "" : $"--data {Rows.File} ";
                Session.Error.WriteLine($"Stopped {when}. Go on with: loanrisk tune {Product.Id} {data}--resume");
                return ExitCode.Failed;
            }
        }

        private void Search(ProductData source, Study study, TrialStore store, CancellationToken cancellationToken)
        {
            var stored = new StoredStudy(study, store) { Kept = () => Session.Tracker?.Trials(store, study) };
            var trials = Session.Progress.RunWithNotes(
                $"Tuning {Product.Name}", p => TuneRun.Run(source.Data, stored, Session.Time, p, cancellationToken));
            TrialsVerb.Write(Session, study, trials, MostShown);
            Session.Output.WriteLine($"All trials: loanrisk trials {Product.Id}");
            var model = Train(source, study, TuneRun.Best(trials), cancellationToken);
            store.End(study.Id, Session.Time.GetUtcNow(), model);
            Session.Tracker?.SearchEnd(store, study, Session.Time.GetUtcNow());
        }

        private Study Begin(TrialStore store, DataSet data)
        {
            var id = RandomNumberGenerator.GetHexString(ShownIdLength, lowercase: true);
            var study = new Study(id, Product.Id, data.Sha256, Settings.ToJson(), Session.Time.GetUtcNow());
            store.Begin(study);
            return study;
        }

        private Study Unfinished(TrialStore store, DataSet data)
        {
            var study = store.Studies(Product.Id).FirstOrDefault(s => s.EndedAt is null && s.DataId == data.Sha256)
                ?? throw new InvalidInputException($"{Product.Name} has no unfinished search on these loans. Begin one without --resume.");
            return Trials is { } more
                ? study with { Settings = (TuneSettings.FromJson(study.Settings) with { Trials = more }).ToJson() }
                : study;
        }

        private string Train(ProductData source, Study study, Trial best, CancellationToken cancellationToken)
        {
            var settings = TuneSettings.FromJson(study.Settings);
            var options = new TrainingOptions
            {
                Seed = settings.Seed,
                Parameters = [.. best.Parameters],
                Imbalance = settings.Imbalance,
                Trainer = settings.Trainer,
                Champion = ModelsVerbs.Serving(Session, Product),
                Monotone = settings.Monotone,
                MonotoneTolerance = settings.MonotoneTolerance,
            };
            var model = TrainingRun.Run(source.Data, options, Session.Time, Session.Progress, cancellationToken);
            TrainingOutput.WriteMetrics(Session, Product, model.Metrics);
            var entry = new AuditEntry(Session.By, Session.Time.GetUtcNow(), $"search {study.Id}, trial {best.Number}");
            var registry = ModelsVerbs.Open(Session);
            var registered = registry.Register(
                model.Package, ModelSource.Tuned, entry, new TrainingRecord(DataVersion: source.Version?.Id, Time: model.Time));
            ModelsOutput.WriteRegistered(Session, registered);
            Session.Tracker?.Model(registry, Product, registered.Id, study.Id);
            return registered.Id;
        }
    }
}
