using System.CommandLine;
using LoanRisk.Lending.Products;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Training.Ingest;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>ingest</c>: joins new CSV files, and outcomes reported to the site, to a product's data.</summary>
internal static class IngestVerb
{
    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var from = new Option<string?>("--from") { Description = "Folder whose CSV files join, in order of name. Default: none, only reported outcomes join.", HelpName = "DIR" };
        var verb = new Verb(
            "ingest",
            "Join new CSV files, and the outcomes that were reported to the site, to a product's data.",
            "loanrisk ingest peerloan --from incoming",
            "A file is known by its content: one that has joined is passed over whatever it is called. Rows that are there already, letter for letter, are left out. A file that is broken or half-written is refused whole; the others join. Running it again does nothing.")
        {
            product, from,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(session, VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)), Folder(parsed.GetValue(from)), cancellationToken), cancellationToken));
        return verb;
    }

    private static string? Folder(string? folder) =>
        folder is null || Directory.Exists(folder) ? folder
        : throw new UsageException(File.Exists(folder) ? $"{folder} is a file; --from needs the folder it stands in." : $"There is no folder {folder}.");

    private static int Run(ConsoleSession session, LoanProduct product, string? folder, CancellationToken cancellationToken)
    {
        var result = session.Progress.Run($"Ingesting {product.Name}", p => IngestRun.Run(
            product, folder, DecidedLoans.Read(session.Data, product.Id), DataSetStore.Open(session.Data), session.Time.GetUtcNow(), p, cancellationToken: cancellationToken));
        Write(session, product, result);
        var refused = result.Files.Where(file => file.Outcome == FileOutcome.Refused).ToList();
        refused.ForEach(file => session.Error.WriteLine($"{file.Name} is refused: {file.Cause}"));
        return refused.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static void Write(ConsoleSession session, LoanProduct product, IngestResult result)
    {
        if (result.Files.Count > 0)
        {
            var table = ConsoleSession.Table($"{result.Files.Count:N0} files for {product.Name}", "File", "What became of it", "Rows", "Joined", "Duplicates", "Rejected");
            result.Files.ToList().ForEach(file => AddTo(table, file));
            session.Write(table);
        }

        if (result.Corrected > 0)
        {
            session.Output.WriteLine($"{result.Corrected:N0} outcomes were corrected after they had joined; the data keeps the first ones, for nothing is overwritten.");
        }

        session.Output.WriteLine(result switch
        {
            { After: null } => $"{product.Name} has no data yet.",
            { After: { } now } when now == result.Before => $"Nothing new: version {now.Version} with {now.Rows:N0} loans ({now.BadRows:N0} bad) is the newest.",
            { After: var now } => $"Version {now.Version} ({now.Id[..12]}) has {now.Rows:N0} loans, {now.BadRows:N0} of them bad. Next: loanrisk train {product.Id}",
        });
    }

    private static void AddTo(Table table, OfferedFile file)
    {
        var words = file.Outcome switch
        {
            FileOutcome.Joined => "joined",
            FileOutcome.Known => "known already",
            _ => "refused",
        };
        table.AddRow(
            file.File is { } known
                ? [Markup.Escape(file.Name), words, $"{known.RowsRead:N0}", $"{known.RowsKept:N0}", $"{known.RowsDuplicate:N0}", $"{known.RowsRejected:N0}"]
                : [Markup.Escape(file.Name), words, "", "", "", ""]);
    }
}
