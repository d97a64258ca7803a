using System.Data.Common;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Decisions;

/// <summary>Decisions in PostgreSQL: any number of programs.</summary>
internal sealed class PostgresDecisions : DecisionDatabase
{
    private readonly PostgresServer _server;

    private PostgresDecisions(PostgresServer server) => _server = server;

    public override string Shown => _server.Shown;

    public override string System => "postgresql";

    /// <summary>Connects and brings the schema up to date.</summary>
    /// <exception cref="StoreException">The server cannot be reached, or a newer program wrote the database.</exception>
    public static PostgresDecisions Open(PostgresServer server)
    {
        server.Migrate(Migrations.PostgresDecisions);
        return new PostgresDecisions(server);
    }

    public override CommitLine NewLine(TimeProvider clock, Action<string?> troubleChanged) =>
        new PostgresCommitLine(_server, clock, troubleChanged);

    public override DbConnection OpenReading() => _server.Open();

    public override Exception Explain(DbException error) => StoreException.From(error, _server.Shown);

    public override bool CanHold(string text) => PostgresServer.CanHold(text);

    public override void RequireInPlace()
    {
        // Whether it is there shows when it is asked.
    }

    public override void Dispose()
    {
        // The server is whose it was opened by.
    }
}
