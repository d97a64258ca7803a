using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>train</c>: from labelled rows to a model package.</summary>
internal static class TrainVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var data = VerbOptions.Data();
        var version = VerbOptions.DataVersion();
        var seed = VerbOptions.Seed();
        var output = new Option<string?>("--out")
        {
            Description = "Folder to write the model package to. Default: none, the model is registered as a candidate.",
            HelpName = "DIR",
        };
        var parameters = VerbOptions.Parameters();
        var monotone = VerbOptions.Choice(
            "--monotone",
            "The product's monotone directions: weigh keeps those that cost little, all keeps all, none keeps none.",
            MonotoneRule.Weigh);
        var tolerance = VerbOptions.MonotoneTolerance();
        var trainer = VerbOptions.Trainer();
        var kind = VerbOptions.Choice("--kind", "Boosted trees, or a points scorecard on weight-of-evidence bins.", ModelKind.Trees);
        var imbalance = VerbOptions.Imbalance();
        var skip = new Option<bool>("--skip-bad-rows")
        {
            Description = "Train on the other rows when some cannot be used, instead of stopping.",
        };
        var verb = new Verb(
            "train",
            "Train a model for a product from its ingested data or from a labelled CSV file.",
            "loanrisk train peerloan --data loans.csv --seed 1 --out products/peerloan/champion")
        {
            product, data, version, seed, output, parameters, kind, trainer, imbalance, monotone, tolerance, skip,
        };
        var machines = new MachineOptions();
        machines.AddTo(verb);
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => new Call(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                VerbOptions.Rows(parsed.GetValue(data), parsed.GetValue(version)),
                new TrainingOptions
                {
                    Seed = parsed.GetValue(seed),
                    Parameters = VerbOptions.Pairs(parsed.GetRequiredValue(parameters)),
                    Trainer = Enum.Parse<TreeTrainer>(parsed.GetRequiredValue(trainer), ignoreCase: true),
                    Kind = Enum.Parse<ModelKind>(parsed.GetRequiredValue(kind), ignoreCase: true),
                    Imbalance = Enum.Parse<ImbalanceRule>(parsed.GetRequiredValue(imbalance), ignoreCase: true),
                    Monotone = Enum.Parse<MonotoneRule>(parsed.GetRequiredValue(monotone), ignoreCase: true),
                    MonotoneTolerance = VerbOptions.Tolerance(parsed.GetValue(tolerance)),
                })
            {
                Folder = parsed.GetValue(output),
                SkipBadRows = parsed.GetValue(skip),
                Machines = machines.Read(parsed),
            }.Run(cancellationToken),
            cancellationToken));
        return verb;
    }

    private static void RefuseIdle(TrainingOptions options)
    {
        if (options.Kind == ModelKind.Scorecard
            && (options.Parameters.Count > 0 || options.Imbalance != ImbalanceRule.None || options.Trainer != TreeTrainer.Managed))
        {
            throw new InvalidOptionException("--param, --imbalance and --trainer are for trees; a scorecard has none of them.");
        }
    }

    private static void RefuseTaken(string? folder)
    {
        if (folder is not null && string.IsNullOrWhiteSpace(folder))
        {
            throw new InvalidOptionException("--out needs the name of a folder.");
        }

        if (File.Exists(folder))
        {
            throw new InvalidOptionException($"{folder} is a file; --out needs the name of a folder.");
        }

        if (Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any()
            && !File.Exists(Path.Combine(folder, PackageFiles.Manifest)))
        {
            throw new InvalidOptionException($"{folder} is there and is not a model package; name another folder, or take it away.");
        }
    }

    private sealed record Call(ConsoleSession Session, LoanProduct Product, DataChoice Rows, TrainingOptions Options)
    {
        public string? Folder { get; init; }

        public bool SkipBadRows { get; init; }

        public MachineCall? Machines { get; init; }

        public int Run(CancellationToken cancellationToken)
        {
            // A wrong parameter is reported before minutes are spent.
            TreeRecipes.Of(Options.Trainer, DefaultParameters.For(Product, Options.Parameters, Options.Seed), Options.Imbalance);
            RefuseIdle(Options);
            RefuseTaken(Folder);
            if (Machines is null)
            {
                return Train(null, cancellationToken);
            }

            MachineCall.Check(Product, Options);
            return Machines.With(Session, Product, Options, machines => Train(machines, cancellationToken), cancellationToken);
        }

        private int Train(ITrainingMachines? machines, CancellationToken cancellationToken)
        {
            var (data, dataVersion, _) = Session.Progress.Run(
                "Reading the rows", p => ProductData.Read(Session.Data, Product, Rows, p, cancellationToken));
            TrainingOutput.WriteData(Session, data);
            RefuseBadRows(data);
            if (machines is not null)
            {
                TrainingOutput.WriteShared(Session, RowsApart.Check(data, machines));
            }

            // A package for a folder is to be the same whatever serves here; what serves is compared with on rows that are all here.
            var champion = Folder is null && machines is null ? ModelsVerbs.Serving(Session, Product) : null;
            var options = Options with { Champion = champion, Machines = machines };
            if (TrainingRun.RunOver(data, options, Session.Time, Session.Progress, cancellationToken) is not { } model)
            {
                Session.Output.WriteLine("Trained together with the other machines; machine 0 keeps the model.");
                return ExitCode.Fine;
            }

            TrainingOutput.WriteMetrics(Session, Product, model.Metrics);
            Keep(model, machines is null ? dataVersion?.Id : null);
            return ExitCode.Fine;
        }

        private void Keep(TrainedModel model, string? dataVersion)
        {
            if (Folder is not null)
            {
                ProductFolder.Write(Folder, model.Package);
                Session.Output.WriteLine($"Model {ModelsVerbs.Short(model.Package.Id)} written to {Path.GetFullPath(Folder)}");
                Session.Tracker?.Package(Product, model.Package, model.Time, Session.By);
                return;
            }

            var entry = new AuditEntry(Session.By, Session.Time.GetUtcNow());
            var registry = ModelsVerbs.Open(Session);
            var registered = registry.Register(model.Package, ModelSource.Trained, entry, new TrainingRecord(Options.Kind, dataVersion,
                model.Time));
            ModelsOutput.WriteRegistered(Session, registered);
            Session.Tracker?.Model(registry, Product, registered.Id);
        }

        private void RefuseBadRows(DataSet data)
        {
            foreach (var problem in data.Problems)
            {
                Session.Error.WriteLine($"{data.FileName}, line {problem.Line}: {problem.Cause}");
            }

            if (data.ProblemCount > data.Problems.Count)
            {
                Session.Error.WriteLine($"... and {data.ProblemCount - data.Problems.Count:N0} more rows that cannot be used.");
            }

            if (data.ProblemCount > 0 && !SkipBadRows)
            {
                throw new InvalidInputException(
                    $"{data.ProblemCount:N0} of {CountedNoun.Of(data.RowsRead, "row")} cannot be used. "
                    + "Correct them, or train on the others with --skip-bad-rows.");
            }
        }
    }
}
