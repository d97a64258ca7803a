using System.CommandLine;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Models;
using LoanRisk.Pipeline;
using LoanRisk.Store.Models;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>models import</c> and <c>export</c>: models from elsewhere and for elsewhere.</summary>
internal static class ModelsFileVerbs
{
    private const long MostBytes = 256L << 20;

    public static Verb Import(ConsoleSession session)
    {
        var file = new Argument<string>("file") { Description = "Model in LightGBM's text format, or a zip with an ML.NET model." };
        var product = new Option<string>("--product") { Description = "The product it is to serve.", Required = true, HelpName = "P" };
        var (data, by) = (ModelsVerbs.Data(), ModelsVerbs.By());
        var missing = VerbOptions.Choice(
            "--missing",
            "Where missing values go in a LightGBM model of ML.NET's: where LightGBM sent them (repaired), or where ML.NET sends them when "
            + "it scores, which is elsewhere at some nodes.",
            MissingChoice.Repaired);
        var verb = new Verb(
            "import",
            "Register a LightGBM text model or an ML.NET model that was trained elsewhere.",
            "loanrisk models import model.txt --product peerloan --data loans.csv",
            "The model must have the product's features by name and order, objective binary or cross_entropy, "
            + "and categories coded by their place in the product file, from 0. Its probabilities are calibrated and measured on "
            + "different parts of the labelled rows. Without rows LightGBM's own probability is taken, nothing is measured, "
            + "and the gate does not let it serve. An ML.NET zip ends in LightGBM's, FastTree's or FastForest's trees, takes the product's "
            + "columns by name, and passes numbers on as they are, ranks rising, and categories one slot a level; it needs labelled rows. "
            + "The model.zip of a package comes back as its exact text.")
        {
            file, product, data, missing, by,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Import(
                session,
                parsed.GetRequiredValue(file),
                new ImportCall(parsed.GetRequiredValue(product), parsed.GetValue(data), parsed.GetValue(by))
                {
                    Missing = Enum.Parse<MissingChoice>(parsed.GetRequiredValue(missing), ignoreCase: true),
                },
                cancellationToken),
            cancellationToken));
        return verb;
    }

    public static Verb Export(ConsoleSession session)
    {
        var id = ModelsVerbs.Id();
        var verbatim = VerbOptions.Verbatim();
        var format = VerbOptions.MaybeChoice<ExportFormat>(
            "--format",
            "One format alone: LightGBM's text with the calibration, a zip for any program with ML.NET, or the scoring table. "
            + "Default: text and table, with a guide.");
        var output = new Option<string>("--out")
        {
            Description = "Folder to write to, made where it is missing.",
            Required = true,
            HelpName = "DIR",
        };
        var verb = new Verb(
            "export",
            "Write a model for use elsewhere: LightGBM's text, its calibration, and a scoring table, or a zip for ML.NET.",
            "loanrisk models export 3fa9c2d41b07 --out exported",
            "Of trees the scoring table holds every node and leaf: a spreadsheet or SQL can score with it. "
            + "Of a scorecard it holds the points of each attribute. The README.md beside it says how they are used.")
        {
            id, format, output, verbatim,
        };
        verb.SetAction(
            (parsed, _) => Task.Run(
                () => Export(
                    session,
                    parsed.GetRequiredValue(id),
                    parsed.GetRequiredValue(output),
                    parsed.GetValue(format) is { } one ? Enum.Parse<ExportFormat>(one, ignoreCase: true) : null,
                    VerbOptions.CellsOf(parsed.GetValue(verbatim)))));
        return verb;
    }

    private static int Import(ConsoleSession session, string file, ImportCall call, CancellationToken cancellationToken)
    {
        var product = VerbOptions.FindProduct(session, call.Product);
        if (new FileInfo(VerbOptions.Existing(file)).Length is > MostBytes and var bytes)
        {
            throw new InvalidInputException($"{file} has {bytes >> 20} MB; a model of up to {MostBytes >> 20} MB is read.");
        }

        var content = File.ReadAllBytes(file);
        var data = Data(session, product, call.Data, cancellationToken);
        var zip = ImportedZip.Is(content) || file.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)
            ? ImportedZip.Open(product, content, call.Missing, data)
            : null;
        if (zip is not null)
        {
            session.Output.WriteLine(zip.Words);
        }

        var package = session.Progress.Run("Calibrating and measuring", _ => zip is null
            ? ModelImport.Run(product, File.ReadAllText(file), Path.GetFileName(file), data, session.Time.GetUtcNow())
            : ModelImport.Run(product, zip, Path.GetFileName(file), data, session.Time.GetUtcNow()));
        var registry = ModelsVerbs.Open(session);
        if (ModelImport.FindImported(registry, package) is { } before)
        {
            session.Output.WriteLine(
                $"Nothing is registered: this {(zip is null ? "text" : "model")} was imported before, with the same rows, "
                + $"as model {ModelsVerbs.Short(before.Id)} ({before.State.ToString().ToLowerInvariant()}).");
            return ExitCode.Fine;
        }

        var entry = new AuditEntry(string.IsNullOrWhiteSpace(call.By) ? session.By : call.By.Trim(), session.Time.GetUtcNow());
        var model = registry.Register(package, ModelSource.Imported, entry);
        ModelsOutput.WriteModel(session, new RegisteredPackage(model, package), isRegistered: true);
        session.Tracker?.Model(registry, product, model.Id);
        ModelsOutput.WriteRegistered(session, model);
        return ExitCode.Fine;
    }

    private static DataSet? Data(ConsoleSession session, LoanProduct product, string? file, CancellationToken cancellationToken)
    {
        if (file is null && Store.DataSets.DataSetStore.Open(session.Data).Latest(product.Id) is null)
        {
            session.Output.WriteLine("There are no labelled rows to calibrate and measure on; name some with --data.");
            return null;
        }

        var data = session.Progress.Run(
            "Reading the rows",
            p => ProductData.Read(session.Data, product, VerbOptions.Rows(file, version: null), p, cancellationToken)).Data;
        TrainingOutput.WriteLeftOut(session, data);
        return data;
    }

    private static int Export(ConsoleSession session, string id, string folder, ExportFormat? format, Cells cells)
    {
        if (string.IsNullOrWhiteSpace(folder) || File.Exists(folder))
        {
            throw new InvalidOptionException("--out needs the name of a folder.");
        }

        if (Directory.Exists(folder)
            && Directory.EnumerateFileSystemEntries(folder).Any()
            && !ModelExport.Marks.Any(file => File.Exists(Path.Combine(folder, file))))
        {
            throw new InvalidOptionException($"{folder} has other files, and a README.md of theirs would be lost; name another folder.");
        }

        var models = ModelsVerbs.Read(session, ModelRegistry.Open(session.Data));
        var model = ModelsVerbs.Find(models, id);
        var product = ModelsVerbs.Product(session, model);
        var package = models.Read(model, product);
        var written = format is { } one
            ? ModelExport.Write(folder, product, package, one, cells)
            : ModelExport.Write(folder, product, package, cells);
        foreach (var path in written)
        {
            session.Output.WriteLine(Path.GetFullPath(path));
        }

        return ExitCode.Fine;
    }

    private sealed record ImportCall(string Product, string? Data, string? By)
    {
        public MissingChoice Missing { get; init; }
    }
}
