using System.CommandLine;
using LoanRisk.Pipeline;
using LoanRisk.Store;
using LoanRisk.Store.Archives;
using LoanRisk.Store.Database;
using LoanRisk.Store.Decisions;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>db</c>: the database server in which everything is kept.</summary>
internal static class DatabaseVerbs
{
    private const string Named = "The database is named by " + PostgresServer.Variable + ", or else by " + PostgresServer.PlatformVariable
        + ", as postgres://user:password@host:port/database.";

    private const int Width = 79;

    private const string Sqlite = "sqlite";

    private const string Postgres = "postgres";

    public static Command Create(ConsoleSession session) => new("db", "Look after the database server.")
    {
        Status(session), Migrate(session), Move(session),
    };

    private static Verb Status(ConsoleSession session)
    {
        var verb = new Verb("status", "Say which database is used and which schema it has.", "loanrisk db status", Named);
        verb.SetAction((_, cancellationToken) => Task.Run(
            () => Write(session, DatabaseSchema.Read(Server(session))), cancellationToken));
        return verb;
    }

    private static Verb Migrate(ConsoleSession session)
    {
        var part = new Option<string?>("--part") { Description = "With --to: which part.", HelpName = "PART" };
        part.AcceptOnlyFromAmong([.. DatabaseSchema.Parts]);
        var to = new Option<int?>("--to") { Description = "The earlier schema to go back to. Default: the newest.", HelpName = "NUMBER" };
        var verb = new Verb(
            "migrate",
            "Bring the database to the schema of this program, or back to an earlier one.",
            "loanrisk db migrate",
            $"{Named} Several may run at once: they wait for each other. It is what a platform runs before it starts a new version; "
                + $"with {PostgresServer.MigrateVariable}=release nothing else changes the schema. "
                + "SQLite files go forward by themselves and back with --part and --to, with the site stopped.")
        {
            part, to,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(session, parsed.GetValue(part), parsed.GetValue(to)), cancellationToken));
        return verb;
    }

    private static Verb Move(ConsoleSession session)
    {
        var from = Place("--from", "Where everything is now.");
        var to = Place("--to", "The empty place where it shall be.");
        var verb = new Verb(
            "move",
            "Move everything from SQLite files to PostgreSQL, or back.",
            "loanrisk db move --from sqlite --to postgres",
            $"{Named} The SQLite files are those of the data folder. Stop every site and worker first. What was written is read again and "
                + "compared by counts and hashes before it is used; the place it came from stays as it is.")
        {
            from, to,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Move(session, parsed.GetValue(from)!, parsed.GetValue(to)!, cancellationToken), cancellationToken));
        return verb;
    }

    private static Option<string> Place(string name, string description)
    {
        var option = new Option<string>(name) { Description = description, Required = true };
        option.AcceptOnlyFromAmong(Sqlite, Postgres);
        return option;
    }

    private static int Move(ConsoleSession session, string from, string to, CancellationToken cancellationToken)
    {
        if (from == to)
        {
            throw new InvalidOptionException($"--from and --to both name {from}; one is {Sqlite}, the other {Postgres}.");
        }

        var server = session.Data.Server ?? throw new InvalidInputException(
            $"No database server is named to move {(to == Postgres ? "to" : "from")}. Set {PostgresServer.Variable}, or "
                + $"{PostgresServer.PlatformVariable}, to postgres://user:password@host:port/database.");
        var now = session.Time.GetUtcNow();
        var archive = session.Progress.Run("Moving", progress => to == Postgres
            ? DatabaseMove.ToServer(session.Data, server, now, progress, cancellationToken)
            : DatabaseMove.ToFiles(server, session.Data, now, progress, cancellationToken));
        var origin = to == Postgres ? session.Data.Path : server.Shown;
        ArchiveOutput.WriteCounts(session, archive, $"Moved everything from {origin} to {archive.Shown}");
        session.Output.WriteLine("It was read again and compared: counts and hashes are the same on both sides.");
        session.Output.WriteLine(WordWrap.At(WhatNext(session, to), Width));
        return ExitCode.Fine;
    }

    private static string WhatNext(ConsoleSession session, string to) => to == Postgres
        ? $"Before the next start, set {PostgresServer.Variable} or {PostgresServer.PlatformVariable} for every site, worker and console. "
            + "The files stay in the folder and are not used any more: keep them until you trust the move, then take loanrisk.db, "
            + "models.db and people.db away, with what belongs to them, so that nobody starts on them by mistake."
        : $"Before the next start, set {PostgresServer.Variable}={PostgresServer.Sqlite} and {DataFolder.Variable}={session.Data.Path} "
            + "for site, workers and console. What is in PostgreSQL stays there and is not used any more.";

    private static int Run(ConsoleSession session, string? part, int? number)
    {
        if ((part is null) != (number is null))
        {
            throw new InvalidOptionException("The options --part and --to go together: which part, and back to which schema.");
        }

        if (session.Data.Server is null && number is null)
        {
            session.Output.WriteLine(NoServer(session)); // a platform runs this before each start, with a database or without
            return ExitCode.Fine;
        }

        if (session.Data.Server is not { } server)
        {
            Write(session, [FileSchema.Revert(session.Data, part!, number!.Value)]);
            session.Output.WriteLine("Start the earlier program on it now; this one brings it up to date again.");
            return ExitCode.Fine;
        }

        return Write(session, number is { } earlier ? [DatabaseSchema.Revert(server, part!, earlier)] : DatabaseSchema.Migrate(server));
    }

    private static int Write(ConsoleSession session, IReadOnlyList<SchemaNumber> parts)
    {
        session.Output.WriteLine(session.Data.Server is { } server
            ? $"PostgreSQL at {server.Shown} ({server.Origin})"
            : $"SQLite files in {session.Data.Path}");
        foreach (var part in parts)
        {
            var word = part.Number == part.Latest ? "up to date"
                : part.Number < part.Latest ? $"this program works with {part.Latest}"
                : $"of a newer program; this one works with {part.Latest}";
            session.Output.WriteLine($"{part.Part}: schema {part.Number}, {word}");
        }

        return ExitCode.Fine;
    }

    private static PostgresServer Server(ConsoleSession session) => session.Data.Server
        ?? throw new InvalidInputException(NoServer(session));

    private static string NoServer(ConsoleSession session) =>
        $"No database server is named, so everything is in SQLite files in {session.Data.Path}, "
            + "which site and console bring up to date by themselves.";
}
