using System.Data.Common;

namespace LoanRisk.Store.Database;

/// <summary>The schema that one part of the data has.</summary>
/// <param name="Part"><c>decisions</c>, <c>models</c> or <c>people</c>.</param>
/// <param name="Number">The number of its newest migration; 0 where there is none yet.</param>
/// <param name="Latest">What this program works with.</param>
public sealed record SchemaNumber(string Part, int Number, int Latest);

/// <summary>
/// Brings the tables of a database server to the schema of this program, or back to an earlier one, when somebody asks for it.
/// </summary>
public static class DatabaseSchema
{
    private static readonly Migrations[] All = [Migrations.PostgresDecisions, Migrations.PostgresModels, Migrations.PostgresPeople];

    /// <summary>The parts there are.</summary>
    public static IReadOnlyList<string> Parts => [.. All.Select(migrations => migrations.Part)];

    /// <summary>The schema of each part.</summary>
    /// <exception cref="StoreException">The server cannot be reached.</exception>
    public static IReadOnlyList<SchemaNumber> Read(PostgresServer server) =>
        server.Run<IReadOnlyList<SchemaNumber>>(connection => [.. All.Select(migrations => NumberOf(migrations, connection))]);

    /// <summary>Brings every part up to date; programs that do so at once wait for each other.</summary>
    /// <exception cref="StoreException">It cannot be done; a newer program has been at the database.</exception>
    public static IReadOnlyList<SchemaNumber> Migrate(PostgresServer server) => server.Run<IReadOnlyList<SchemaNumber>>(connection =>
    {
        foreach (var migrations in All)
        {
            migrations.Apply(connection, server.Shown);
        }

        return [.. All.Select(migrations => NumberOf(migrations, connection))];
    });

    /// <summary>Takes a part back to an earlier schema.</summary>
    /// <exception cref="StoreException">There is no way back that far, or it cannot be done.</exception>
    public static SchemaNumber Revert(PostgresServer server, string part, int number) => server.Run(connection =>
    {
        var migrations = All.Single(migrations => migrations.Part == part);
        migrations.Revert(connection, server.Shown, number);
        return NumberOf(migrations, connection);
    });

    private static SchemaNumber NumberOf(Migrations migrations, DbConnection connection) =>
        new(migrations.Part, migrations.Current(connection), migrations.Latest);
}
