using System.CommandLine;
using System.Text.RegularExpressions;
using LoanRisk.Lending;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store.Packages;
using LoanRisk.Training.Init;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>init</c>: a product file drafted from a table.</summary>
internal static class InitVerb
{
    private const int LineWidth = 80;

    private static readonly Regex Id = new(@"^[a-z][a-z0-9-]{0,39}\z", RegexOptions.NonBacktracking);

    public static Verb Create(ConsoleSession session)
    {
        var product = new Argument<string>("product")
        {
            Description = "Id of the new product: lower-case letters, digits and hyphens, a letter first.",
        };
        var from = VerbOptions.File("--from", "CSV file to draft from: a header, one row a loan, and a column that says how it ended.");
        var target = new Option<string?>("--target")
        {
            Description = "The column that says how it ended. Default: the one whose name or values say it; init asks where none does.",
            HelpName = "COL",
        };
        var bad = new Option<string?>("--bad")
        {
            Description = "Its value for a bad outcome. Default: the one that says it.",
            HelpName = "VALUE",
        };
        var output = new Option<string?>("--out")
        {
            Description = "Folder of products in which PRODUCT/ is made. Default: "
                + $"the folder of products in use ({ProductFolder.Variable}).",
            HelpName = "DIR",
        };
        var verb = new Verb(
            "init",
            "Draft a product file from a CSV file.",
            "loanrisk init shop-credit --from shop-credit.csv --target unpaid",
            "What is drafted can be trained at once. It is a draft all the same: read what is said about every column, and then the file.")
        {
            product, from, target, bad, output,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(
                session,
                new InitOptions(Checked(parsed.GetRequiredValue(product)), parsed.GetValue(target), parsed.GetValue(bad)),
                VerbOptions.Existing(parsed.GetRequiredValue(from)),
                parsed.GetValue(output),
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static string Checked(string id) => Id.IsMatch(id)
        ? id
        : throw new InvalidOptionException(
            $"\"{id}\" cannot be the id of a product: it names a folder and stands in addresses, so it has 1 to 40 lower-case letters, "
            + "digits and hyphens and starts with a letter.");

    private static int Run(ConsoleSession session, InitOptions options, string path, string? folder, CancellationToken cancellationToken)
    {
        if (folder is not null && (string.IsNullOrWhiteSpace(folder) || File.Exists(folder)))
        {
            throw new InvalidOptionException($"--out needs the name of a folder; it was \"{folder}\".");
        }

        var place = Path.GetFullPath(Path.Combine(folder ?? Folder(session), options.Id));
        if (Path.Exists(place))
        {
            throw new InvalidOptionException($"{place} is there already; choose another id, or take it away.");
        }

        var draft = session.Progress.Run($"Reading {Path.GetFileName(path)}", p => InitRun.Run(path, options, p, cancellationToken));
        Write(Path.Combine(place, "product.json"), draft.Json);
        Write(session, draft);
        session.Output.WriteLine($"Drafted {Path.Combine(place, "product.json")}");
        session.Output.WriteLine($"Train a first model: loanrisk train {options.Id} --data {path}");
        return ExitCode.Fine;
    }

    private static string Folder(ConsoleSession session) =>
        session.Products == ProductFolder.Default ? ProductFolder.ForNew : session.Products;

    private static void Write(string path, string json)
    {
        using var file = new OutputFile(path);
        file.Writer.Write(json);
        file.Finish();
    }

    private static void Write(ConsoleSession session, ProductDraft draft)
    {
        session.Output.WriteLine(
            WordWrap.At($"{CountedNoun.Of(draft.Rows, "row")}, {draft.BadRows:N0} of them bad. Target: {draft.Target}.", LineWidth));
        var table = ConsoleSession.Table("What became of each column", "Column");
        table.AddColumn("Became");
        foreach (var (column, became, isUsed) in draft.Columns)
        {
            table.AddRow(Markup.Escape(column), isUsed ? Markup.Escape(became) : $"[yellow]{Markup.Escape(became)}[/]");
        }

        session.Write(table);
        session.Output.WriteLine("To check:");
        foreach (var sentence in draft.ToCheck)
        {
            session.Output.WriteLine(WordWrap.Item(sentence, LineWidth));
        }
    }
}
