using System.CommandLine;
using LoanRisk.Pipeline;
using LoanRisk.Store;
using LoanRisk.Store.Database;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Training.Verbs;

/// <summary><c>db</c>: the database server in which everything is kept.</summary>
internal static class DatabaseVerbs
{
    private const string Named = "The database is named by " + PostgresServer.Variable + ", or else by " + PostgresServer.PlatformVariable
        + ", as postgres://user:password@host:port/database.";

    public static Command Create(ConsoleSession session) => new("db", "Look after the database server.")
    {
        Status(session), Migrate(session),
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
                + $"with {PostgresServer.MigrateVariable}=release nothing else changes the schema.")
        {
            part, to,
        };
        verb.SetAction((parsed, cancellationToken) => Task.Run(
            () => Run(session, parsed.GetValue(part), parsed.GetValue(to)), cancellationToken));
        return verb;
    }

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

        var server = Server(session);
        return Write(session, number is { } earlier ? [DatabaseSchema.Revert(server, part!, earlier)] : DatabaseSchema.Migrate(server));
    }

    private static int Write(ConsoleSession session, IReadOnlyList<SchemaNumber> parts)
    {
        session.Output.WriteLine($"PostgreSQL at {Server(session).Shown} ({Server(session).Origin})");
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
