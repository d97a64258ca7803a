using System.CommandLine;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Store;
using LoanRisk.Store.Models;
using LoanRisk.Training.Terminal;
using LoanRisk.Training.Verbs;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Text;

namespace LoanRisk.Training;

/// <summary>The command line as a whole: parses, runs a verb, and turns whatever goes wrong into a sentence and an exit code.</summary>
public static class LoanRiskCommand
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(10);

    /// <summary>Runs the program.</summary>
    public static async Task<int> RunAsync(string[] arguments, ConsoleSession session, CancellationToken cancellationToken = default)
    {
        var root = new RootCommand("loanrisk trains, applies and imitates loan-risk models.")
        {
            InitVerb.Create(session),
            IngestVerb.Create(session),
            TrainVerb.Create(session),
            TuneVerb.Create(session),
            TrialsVerb.Create(session),
            ScoreVerb.Create(session),
            GenerateVerb.Create(session),
            ProfileVerb.Create(session),
            DriftVerb.Create(session),
            DiagnoseVerb.Create(session),
            CheckVerb.Create(session),
            ArchiveVerbs.Backup(session),
            ArchiveVerbs.Restore(session),
            DatabaseVerbs.Create(session),
            ReportVerb.Create(session),
            WorkerVerb.Create(session),
            ModelsVerbs.Create(session),
            ProductsVerbs.Create(session),
            DecisionsVerbs.Create(session),
            KeysVerbs.Create(session),
            PeopleVerbs.Create(session),
            TreesVerbs.Create(session),
        };
        VerbHelp.ShowExamples(root);
        var parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var sentence in WrongCall.Sentences(parsed))
            {
                session.Error.WriteLine(sentence);
            }

            session.Error.WriteLine(
                $"See: loanrisk {string.Join(' ', VerbHelp.Path(parsed.CommandResult.Command))} --help".Replace(
                    "  ", " ", StringComparison.Ordinal));
            return ExitCode.CalledWrongly;
        }

        return await GuardAsync(session, () => parsed.InvokeAsync(
            new InvocationConfiguration
            {
                Output = session.Output,
                Error = session.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeToStop,
            },
            cancellationToken));
    }

    private static async Task<int> GuardAsync(ConsoleSession session, Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (OperationCanceledException)
        {
            session.Error.WriteLine("Cancelled. What was not finished is not kept.");
            return ExitCode.Failed;
        }
        catch (InvalidOptionException e)
        {
            session.Error.WriteLine(Remedy.Of(e));
            return ExitCode.CalledWrongly;
        }
        catch (Exception e) when (IsAnswer(e))
        {
            session.Error.WriteLine(Remedy.Of(e));
            return ExitCode.Failed;
        }
        finally
        {
            session.Output.Flush();
            session.FinishTracking();
            session.Error.Flush();
        }
    }

    // What a person can do something about. Anything else is a defect of the program and keeps its stack trace.
    private static bool IsAnswer(Exception e) =>
        e is InvalidInputException or CsvFileException or ProductFileException or ModelPackageException or ScoresDifferException
        or ModelFormatException or UnusableKernelException or StoreException or ModelStateException
        or IOException or UnauthorizedAccessException;
}
