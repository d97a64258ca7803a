using System.CommandLine;
using LoanRisk.Lending;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Training.Verbs;

/// <summary><c>ingest</c>: joins new CSV files, and outcomes reported to the site, to a product's data.</summary>
internal static class IngestVerb
{
    private const int MostRejectedShown = 5;

    public static Verb Create(ConsoleSession session)
    {
        var product = VerbOptions.Product();
        var from = new Option<string?>("--from")
        {
            Description = $"Folder whose tables ({TableFiles.InWords}) join, in order of name. Default: none, only reported outcomes join.",
            HelpName = "DIR",
        };
        var totals = new Option<bool>("--leave-out-totals")
        {
            Description = "Leave out lines that sum a table up (\"Total ...\"), as exports put them below. Default: "
                + "such a file is refused.",
        };
        var verb = new Verb(
            "ingest",
            "Join new CSV files, and the outcomes that were reported to the site, to a product's data.",
            "loanrisk ingest peerloan --from incoming",
            "A file is known by its content: one that has joined is passed over whatever it is called. Rows that are there already, "
            + "letter for letter, are left out. A file that is broken or half-written is refused whole; the others join. "
            + "Running it again does nothing.")
        {
            product, from, totals,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(
                session,
                VerbOptions.FindProduct(session, parsed.GetRequiredValue(product)),
                Folder(parsed.GetValue(from)),
                parsed.GetValue(totals),
                cancellationToken),
            cancellationToken));
        return verb;
    }

    private static string? Folder(string? folder) =>
        folder is null || Directory.Exists(folder) ? folder
        : throw new InvalidOptionException(
            File.Exists(folder) ? $"{folder} is a file; --from needs the folder it stands in." : $"There is no folder {folder}.");

    private static int Run(
        ConsoleSession session, LoanProduct product, string? folder, bool leaveOutTotals, CancellationToken cancellationToken)
    {
        var store = DataSetStore.Open(session.Data);
        var input = new IngestInput(folder, DecidedLoans.WithOutcome(session.Data, product.Id));
        var result = session.Progress.Run($"Ingesting {product.Name}", p => IngestRun.Run(
            product,
            input,
            store,
            new IngestOptions(session.Time.GetUtcNow()) { LeaveOutTotals = leaveOutTotals, Progress = p },
            cancellationToken));
        if (folder is not null && result.Files.All(file => file.File?.Source == RowSource.Outcomes))
        {
            session.Output.WriteLine($"There is no CSV file in {Path.GetFullPath(folder)}.");
        }

        WritePassedOver(session, result.PassedOver);
        Write(session, product, result);
        WriteEarly(session, product);
        WriteRejected(session, store, product, result);
        var refused = result.Files.Where(file => file.Outcome == FileOutcome.Refused).ToList();
        refused.ForEach(file => session.Error.WriteLine($"{file.Name} is refused: {Remedy.Of(file)}"));
        return refused.Count == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static void Write(ConsoleSession session, LoanProduct product, IngestResult result)
    {
        if (result.Files.Count > 0)
        {
            var table = ConsoleSession.Table(
                $"{CountedNoun.Of(result.Files.Count, "file")} for {product.Name}",
                "File", "What became of it", "Rows", "Joined", "Duplicates",
                "Rejected");
            result.Files.ToList().ForEach(file => AddTo(table, file));
            session.Write(table);
        }

        if (result.Corrected > 0)
        {
            session.Output.WriteLine(
                $"{CountedNoun.Of(result.Corrected, "outcome was", "outcomes were")} corrected after joining; "
                + "the data keeps what joined first, for nothing is overwritten.");
        }

        session.Output.WriteLine(result switch
        {
            { After: null } => $"{product.Name} has no data yet.",
            { After: { } now } when now == result.Before =>
                $"Nothing new: version {now.Version} with {Rows(product, now)} ({now.BadRows:N0} {product.Target.Noun}) is the newest.",
            { After: var now } => $"Version {now.Version} ({now.Id[..12]}) has {Rows(product, now)}, "
                + $"{now.BadRows:N0} of them {product.Target.Noun}. Next: loanrisk train {product.Id}",
        });
    }

    private static void WriteEarly(ConsoleSession session, LoanProduct product)
    {
        if (DecidedLoans.WithEarlyOutcome(session.Data, product.Id) is > 0 and var early)
        {
            session.Output.WriteLine(
                $"{CountedNoun.Of(early, "outcome does", "outcomes do")} not join: observed before the decision. "
                + $"Report {(early == 1 ? "it" : "them")} again with the right day.");
        }
    }

    private static string Rows(LoanProduct product, DataVersion version) =>
        CountedNoun.Of(version.Rows, product.Subject.One, product.Subject.Many);

    private static void WriteRejected(ConsoleSession session, DataSetStore store, LoanProduct product, IngestResult result)
    {
        foreach (var (file, note) in result.Files.SelectMany(file => file.Notes.Select(note => (file, note))))
        {
            session.Output.WriteLine($"{file.Name}: {note}");
        }

        foreach (var file in result.Files.Where(file => file is { Outcome: FileOutcome.Joined, File.RowsRejected: > 0 }))
        {
            var rejected = store.Rejected(product.Id, file.File!.Sha256);
            session.Output.WriteLine(
                $"{file.Name}: {CountedNoun.Of(file.File.RowsRejected, "row")} "
                + $"rejected{(file.File.RowsRejected > MostRejectedShown ? $", the first {MostRejectedShown} are" : "")}");
            foreach (var row in rejected.Take(MostRejectedShown))
            {
                session.Output.WriteLine($"  line {row.Line:N0}: {row.Cause}");
            }
        }
    }

    private static void WritePassedOver(ConsoleSession session, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            session.Output.WriteLine(
                $"{CountedNoun.Of(names.Count, "file is", "files are")} passed over, for names of tables end in {TableFiles.InWords}: "
                + $"{string.Join(", ", names.Take(MostRejectedShown))}{(names.Count > MostRejectedShown ? ", ..." : "")}");
        }
    }

    private static void AddTo(Table table, OfferedFile file)
    {
        var words = file.Outcome switch
        {
            FileOutcome.Joined => file.File!.RowsKept > 0 ? "joined" : "nothing new in it",
            FileOutcome.Known => "known already",
            _ => "refused",
        };
        table.AddRow(
            file.File is { } known
                ? [
                    Markup.Escape(file.Name),
                    words,
                    $"{known.RowsRead:N0}",
                    $"{known.RowsKept:N0}",
                    $"{known.RowsDuplicate:N0}",
                    $"{known.RowsRejected:N0}"
                ]
                : [Markup.Escape(file.Name), words, "", "", "", ""]);
    }
}
