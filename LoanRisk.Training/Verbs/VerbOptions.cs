using System.CommandLine;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Models;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Pipeline;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary>Options that several verbs share.</summary>
internal static class VerbOptions
{
    public static Argument<string> Product() => new("product") { Description = "Id of the product, the name of its folder in products/." };

    public static Option<string> File(string name, string description) =>
        new(name) { Description = description, Required = true, HelpName = "FILE" };

    public static Option<string?> Data() => new("--data")
    {
        Description = "Labelled CSV file with one column a feature and the target column; other columns are left aside. Default: "
            + "the product's newest ingested data.",
        HelpName = "FILE",
    };

    public static Option<int?> DataVersion() =>
        new("--data-version") { Description = "Version of the product's ingested data. Default: the newest.", HelpName = "N" };

    public static Option<int> Seed() =>
        new("--seed") { Description = "Seed of everything random.", DefaultValueFactory = _ => 1, HelpName = "S" };

    public static Option<string[]> Parameters() => new("--param")
    {
        Description = "A training parameter under LightGBM's name, for example num_leaves=8; may be given many times.",
        HelpName = "NAME=VALUE",
        DefaultValueFactory = _ => [],
    };

    public static Option<string> Imbalance() => Choice(
        "--imbalance",
        "What is done about few bad loans: nothing; weights that balance the outcomes; or made-up rows of the rarer one. "
        + "Calibration follows in any case.",
        ImbalanceRule.None);

    public static Option<string> Trainer() => Choice(
        "--trainer",
        "Who grows the trees: the program itself, or ML.NET's LightGBM, which needs its native library (x64) and on Linux libgomp1. "
        + "Both give models of the same quality.",
        TreeTrainer.Managed);

    public static Option<double> MonotoneTolerance() => new("--monotone-tolerance")
    {
        Description = "Cross-validated AUC that the kept directions together may cost.",
        DefaultValueFactory = _ => 0.002,
        HelpName = "AUC",
    };

    /// <exception cref="InvalidOptionException">It is no difference of AUC.</exception>
    public static double Tolerance(double auc) =>
        auc is >= 0 and <= 1
            ? auc
            : throw new InvalidOptionException(
                $"--monotone-tolerance is a difference of AUC from 0 to 1, for example 0.002; it was {auc}.");

    /// <summary>A product of the session's folder.</summary>
    /// <exception cref="InvalidOptionException">There is no product of that id.</exception>
    /// <exception cref="InvalidInputException">Its file is broken; the message names the place.</exception>
    public static LoanProduct FindProduct(ConsoleSession session, string id)
    {
        var (products, broken, _) = session.Offered;
        if (broken.FirstOrDefault(b => string.Equals(b.Id, id, StringComparison.OrdinalIgnoreCase)) is { } fault)
        {
            throw new InvalidInputException($"Product {fault.Id} cannot be used: {fault.Why}");
        }

        return products.FirstOrDefault(p => string.Equals(p.Id, id, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidOptionException($"There is no product \"{id}\" in {session.Products}; " + (products.Count > 0
                ? $"there is {string.Join(", ", products.Select(p => p.Id))}."
                : "there is none at all. A product is a folder with a product.json; draft one: loanrisk init ID --from FILE"));
    }

    /// <summary>Tells the products whose files are broken, on the error stream; the others are used.</summary>
    public static void TellBroken(ConsoleSession session)
    {
        foreach (var broken in session.Offered.Broken)
        {
            session.Error.WriteLine($"Product {broken.Id} is not served: {broken.Why}");
        }
    }

    public static Option<string?> Model() =>
        new("--model")
        {
            Description = "Folder of a model package, or id of a registered model. Default: the product's champion.",
            HelpName = "DIR|ID",
        };

    /// <summary>The package in a folder, that of a registered model, or the product's champion; null when it has none.</summary>
    /// <exception cref="InvalidOptionException">There is no such package.</exception>
    public static ModelPackage? FindPackage(ConsoleSession session, LoanProduct product, string? model)
    {
        if (model is not null && PackageFolder.Exists(model))
        {
            RefuseOtherFolders(model);
            return PackageFolder.Read(model, product);
        }

        var registry = ModelRegistry.Open(session.Data);
        if (model is null)
        {
            return ServingModel.Of(registry, session.Products, product)?.Package;
        }

        var models = ReadableModels.Of(registry, session.Products, [product]);
        return RegisteredModelOf(models, model) is { } registered
            ? models.Read(registered, product)
            : throw new InvalidOptionException($"There is no model package at {model}, nor a registered model of that id.");
    }

    /// <summary>The package in a folder, that of a registered model, or the product's champion.</summary>
    /// <exception cref="InvalidOptionException">There is no such package.</exception>
    /// <exception cref="InvalidInputException">The product has no champion yet.</exception>
    public static ModelPackage Package(ConsoleSession session, LoanProduct product, string? model) =>
        FindPackage(session, product, model)
            ?? throw new InvalidInputException(
                $"{product.Name} has no champion yet. Train a model and promote it: loanrisk train {product.Id} --data FILE");

    public static Option<bool> Verbatim() => new("--verbatim")
    {
        Description = "Write every cell as it is, for programs. Without it a text that a spreadsheet would run as a formula has an "
            + "apostrophe before it.",
    };

    public static Cells CellsOf(bool verbatim) => verbatim ? Cells.Verbatim : Cells.Safe;

    /// <exception cref="InvalidOptionException">A pair has no equals sign.</exception>
    public static List<KeyValuePair<string, string>> Pairs(IEnumerable<string> parameters) =>
        [.. parameters.Select(p => p.Split('=', 2)).Select(p => p.Length == 2 && p[0].Trim().Length > 0
            ? KeyValuePair.Create(p[0].Trim(), p[1].Trim())
            : throw new InvalidOptionException($"--param takes NAME=VALUE, for example num_leaves=8; it was \"{string.Join('=', p)}\"."))];

    /// <summary>An option that takes one of the names of an enumeration, in lower case.</summary>
    public static Option<string> Choice<T>(string name, string description, T standard)
        where T : struct, Enum
    {
        var option = Choice<string, T>(name, description);
        option.DefaultValueFactory = _ => standard.ToString().ToLowerInvariant();
        return option;
    }

    /// <summary>The same, where nothing may be chosen.</summary>
    public static Option<string?> MaybeChoice<T>(string name, string description)
        where T : struct, Enum => Choice<string?, T>(name, description);

    private static Option<TText> Choice<TText, T>(string name, string description)
        where T : struct, Enum
    {
        var names = Array.ConvertAll(Enum.GetNames<T>(), n => n.ToLowerInvariant());
        var option = new Option<TText>(name) { Description = description, HelpName = string.Join('|', names) };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && !names.Contains(result.Tokens[0].Value.ToLowerInvariant()))
            {
                result.AddError($"{name} is one of {string.Join(", ", names)}; it was \"{result.Tokens[0].Value}\".");
            }
        });
        return option;
    }

    /// <exception cref="InvalidOptionException">The file that is read is missing.</exception>
    public static string Existing(string path) =>
        System.IO.File.Exists(path) ? path
        : Directory.Exists(path) ? throw new InvalidOptionException($"{path} is a folder; name a file.")
        : throw new InvalidOptionException(path.Length == 0 ? "A file to read has an empty name." : $"There is no file {path}.");

    /// <exception cref="InvalidOptionException">The file to write has no name, or that of a folder.</exception>
    public static string Writable(string path) =>
        string.IsNullOrWhiteSpace(path) ? throw new InvalidOptionException("The file to write has an empty name.")
        : Directory.Exists(path) || Path.EndsInDirectorySeparator(path)
            ? throw new InvalidOptionException($"{path} is a folder; name a file to write.")
        : path;

    /// <summary>The rows that are read: those of a file, or ingested data.</summary>
    /// <exception cref="InvalidOptionException">The file is missing, or both a file and a version are named.</exception>
    public static DataChoice Rows(string? file, int? version) =>
        file is not null && version is not null
            ? throw new InvalidOptionException("Name a file with --data or a version with --data-version, not both.")
        : file is null ? DataChoice.OfVersion(version)
        : DataChoice.OfFile(Existing(file));

    private static void RefuseOtherFolders(string folder)
    {
        if (Directory.Exists(folder) && !System.IO.File.Exists(Path.Combine(folder, PackageFiles.Manifest)))
        {
            throw new InvalidOptionException(
                $"{folder} is no model package: it has no {PackageFiles.Manifest}. Name a folder that train --out wrote, "
                + "or the id of a registered model; models import takes the model.txt of an export.");
        }
    }

    private static RegisteredModel? RegisteredModelOf(ReadableModels models, string id) =>
        id.Length >= 6 && id.All(char.IsAsciiHexDigit) ? models.Find(id.ToLowerInvariant()) : null;
}
