using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Store.Models;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>products</c>: product files that are kept in the database and hold on every node at once.</summary>
internal static class ProductsVerbs
{
    private const string Notes = "A product file in the database holds in the place of the folder's, on every node and worker within two "
        + "seconds. Its policy decides by the same rule as ever: only with a higher policy.version than the recorded one.";

    public static Command Create(ConsoleSession session) =>
        new("products", "The products there are, and product files that the database holds for all nodes.")
        {
            List(session), Push(session), Show(session), Remove(session),
        };

    private static Verb List(ConsoleSession session)
    {
        var verb = new Verb("list", "List the products and where their files are.", "loanrisk products list", Notes);
        verb.SetAction((_, _) => Task.Run(() => List(session, session.Offered)));
        return verb;
    }

    private static Verb Push(ConsoleSession session)
    {
        var path = new Argument<string>("file") { Description = "A product.json, or the folder of a product that holds one." };
        var isNewSchema = new Option<bool>("--new-schema")
        {
            Description = "Push it although the product's champion is of another schema and serves no more until a model of the new one "
                + "is promoted.",
        };
        var (by, reason) = (ModelsVerbs.By(), ModelsVerbs.Reason());
        var verb = new Verb(
            "push",
            "Put a product file into the database, from where it holds on every node.",
            "loanrisk products push products/peerloan",
            Notes)
        {
            path, isNewSchema, by, reason,
        };
        verb.SetAction((parsed, _) => Task.Run(() => Push(
            session,
            parsed.GetRequiredValue(path),
            parsed.GetValue(isNewSchema),
            Entry(session, parsed.GetValue(by), parsed.GetValue(reason)))));
        return verb;
    }

    private static Verb Show(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var verb = new Verb("show", "Show the file of a product as it holds.", "loanrisk products show peerloan > product.json")
        {
            product,
        };
        verb.SetAction((parsed, _) => Task.Run(() => Show(session, parsed.GetRequiredValue(product))));
        return verb;
    }

    private static Verb Remove(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var (by, reason) = (ModelsVerbs.By(), ModelsVerbs.Reason());
        var verb = new Verb(
            "remove", "Take a product's file out of the database: the folder's holds again.", "loanrisk products remove peerloan", Notes)
        {
            product, by, reason,
        };
        verb.SetAction((parsed, _) => Task.Run(() => Remove(
            session, parsed.GetRequiredValue(product), Entry(session, parsed.GetValue(by), parsed.GetValue(reason)))));
        return verb;
    }

    private static int List(ConsoleSession session, OfferedProducts offered)
    {
        var title = $"Products of {session.Products} and of the database";
        var table = ConsoleSession.Table(title, "Product", "Schema", "Policy", "File", "Since", "By");
        foreach (var product in offered.Products)
        {
            var file = offered.Pushed.GetValueOrDefault(product.Id);
            table.AddRow(
                product.Id,
                product.SchemaVersion,
                product.Policy.Version,
                file is null ? "folder" : "database",
                file is null ? "" : Moments.DateAndTime(file.Entry.At),
                Markup.Escape(file?.Entry.By ?? ""));
        }

        session.Write(table);
        VerbOptions.TellBroken(session);
        return ExitCode.Fine;
    }

    private static int Push(ConsoleSession session, string path, bool isNewSchema, AuditEntry entry)
    {
        var file = VerbOptions.Existing(Directory.Exists(path) ? Path.Combine(path, ProductFolder.FileName) : path);
        var text = ProductFolder.ReadText(new FileInfo(file), file);
        var product = ProductFile.Parse(text, file);
        var registry = ModelRegistry.Open(session.Data);
        RefuseNewSchema(registry, product, isNewSchema);
        if (registry.ProductFiles.Push(text, file, entry) is null)
        {
            session.Output.WriteLine($"The database holds this very file of {product.Id} already.");
            return ExitCode.Fine;
        }

        session.Output.WriteLine($"The file of {product.Id} is in the database and holds on every node within two seconds.");
        if (PolicyInForce.Of(product, registry.Policy(product.Id)).Objection is { } objection)
        {
            session.Output.WriteLine(objection);
        }

        return ExitCode.Fine;
    }

    // A file whose features are not the champion's would end the service without a word.
    private static void RefuseNewSchema(ModelRegistry registry, LoanProduct product, bool isNewSchema)
    {
        if (!isNewSchema && registry.Champion(product.Id) is { } champion && champion.SchemaVersion != product.SchemaVersion)
        {
            throw new InvalidInputException(
                $"The champion of {product.Id} is of schema {champion.SchemaVersion} and this file of schema {product.SchemaVersion}: "
                + "nothing would serve the product until a model of the new schema is promoted. If that is meant, push with --new-schema.");
        }
    }

    private static int Show(ConsoleSession session, string id)
    {
        var product = VerbOptions.FindProduct(session, id);
        var file = session.Offered.Pushed.GetValueOrDefault(product.Id)?.Text
            ?? ProductFolder.ReadText(new FileInfo(Path.Combine(session.Products, product.Id, ProductFolder.FileName)), product.Id);
        session.Output.Write(file);
        return ExitCode.Fine;
    }

    private static int Remove(ConsoleSession session, string id, AuditEntry entry)
    {
        var registry = ModelRegistry.Open(session.Data);
        registry.ProductFiles.Remove(id, entry);
        session.Output.WriteLine(session.Offered.Products.Any(product => product.Id == id)
            ? $"The database holds no file of {id} any more; the one in each node's folder holds again."
            : $"The database holds no file of {id} any more. {session.Products} has none either: nodes that serve it go on until they are "
                + "started again.");
        return ExitCode.Fine;
    }

    private static AuditEntry Entry(ConsoleSession session, string? by, string? reason) =>
        new(by ?? session.By, session.Time.GetUtcNow(), reason ?? "");
}
