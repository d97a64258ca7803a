using LoanRisk.Store.Checks;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>check</c>: whether everything in the data folder is whole.</summary>
internal static class CheckVerb
{
    private const int Width = 79;

    public static Verb Create(ConsoleSession session)
    {
        var verb = new Verb(
            "check",
            "Check that databases, decisions, models and data sets are whole.",
            "loanrisk check",
            "It reads everything and changes nothing, and may run while the site does. "
            + "The exit code is 0 when all is whole and 1 when something is damaged.");
        verb.SetAction((_, cancellationToken) => Task.Run(() => Run(session, cancellationToken), cancellationToken));
        return verb;
    }

    private static int Run(ConsoleSession session, CancellationToken cancellationToken)
    {
        var lines = session.Progress.Run("Checking", progress => FolderCheck.Run(session.Data, progress, cancellationToken));
        session.Output.WriteLine(
            session.Data.Server is { } server ? $"Data in PostgreSQL at {server.Shown}" : $"Data in {session.Data.Path}");
        foreach (var line in lines)
        {
            session.Output.WriteLine(WordWrap.At($"{Mark(line.State)} {line.What}: {line.Words}", Width));
        }

        var damaged = lines.Count(line => line.State == CheckState.Damaged);
        session.Output.WriteLine(
            damaged == 0 ? "All is whole." : damaged == 1 ? "One thing is damaged." : $"{damaged} things are damaged.");
        return damaged == 0 ? ExitCode.Fine : ExitCode.Failed;
    }

    private static string Mark(CheckState state) => state switch
    {
        CheckState.Fine => "ok     ",
        CheckState.Note => "note   ",
        _ => "DAMAGED",
    };
}
