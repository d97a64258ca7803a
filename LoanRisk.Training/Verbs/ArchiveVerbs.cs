using System.CommandLine;
using System.Globalization;
using LoanRisk.Store.Archives;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>backup</c> and <c>restore</c>: everything in one file.</summary>
internal static class ArchiveVerbs
{
    private const string What = "decisions, outcomes, models and their history, policies, data sets, trials, jobs and keys of the forms";

    public static Verb Backup(ConsoleSession session)
    {
        var file = new Argument<string?>("file")
        {
            Description = "The new file. Default: loanrisk-backup-DATE-TIME.zip in the current folder.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var verb = new Verb(
            "backup",
            "Write everything that the database holds into one file.",
            "loanrisk backup",
            $"It holds {What}, as they were at one moment; sites may go on meanwhile. The file is the same whether the data is in SQLite "
                + "files or in PostgreSQL: a zip of JSON lines and CSV files, with a manifest of counts and hashes. It holds people's data "
                + "and keys, and only you may read it. Nothing is overwritten.")
        {
            file,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => RunBackup(session, parsed.GetValue(file), cancellationToken), cancellationToken));
        return verb;
    }

    public static Verb Restore(ConsoleSession session)
    {
        var file = new Argument<string>("file") { Description = "A file that loanrisk backup has written." };
        var verb = new Verb(
            "restore",
            "Put a backup into an empty data folder or database.",
            "loanrisk restore loanrisk-backup-20261201-060000.zip",
            "It goes where site and console would look: into the data folder, or into the database server that the environment names. "
                + "The file is verified before anything is written; what was written is read again and compared by counts and hashes "
                + "before anybody sees it. Stop the site first; one that was started on the empty place has put its own models there.")
        {
            file,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => RunRestore(session, parsed.GetValue(file)!, cancellationToken), cancellationToken));
        return verb;
    }

    private static int RunBackup(ConsoleSession session, string? file, CancellationToken cancellationToken)
    {
        var now = session.Time.GetUtcNow();
        var path = VerbOptions.Writable(
            file ?? string.Create(CultureInfo.InvariantCulture, $"loanrisk-backup-{now.UtcDateTime:yyyyMMdd-HHmmss}.zip"));
        var archive = session.Progress.Run(
            "Backing up", progress => Archive.Backup(session.Data, path, now, progress, cancellationToken));
        ArchiveOutput.Write(session, archive, $"Backed up {archive.Shown} to {path}");
        return ExitCode.Fine;
    }

    private static int RunRestore(ConsoleSession session, string file, CancellationToken cancellationToken)
    {
        var path = VerbOptions.Existing(file);
        var archive = session.Progress.Run(
            "Restoring", progress => Archive.Restore(path, session.Data, progress, cancellationToken));
        ArchiveOutput.Write(session, archive, $"Restored {path} into {archive.Shown}");
        session.Output.WriteLine("It was read again and compared: counts and hashes are those of the backup.");
        return ExitCode.Fine;
    }
}
