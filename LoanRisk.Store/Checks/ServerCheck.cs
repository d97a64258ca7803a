using System.Data.Common;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Checks;

/// <summary>
/// What a database server keeps. Its files and references are its own to check; here it is whether everything can be read and is what was
/// written.
/// </summary>
internal static class ServerCheck
{
    public static IEnumerable<CheckLine> Decisions(PostgresServer server) => Run(
        server,
        Migrations.PostgresDecisions,
        connection => [.. DatabaseCheck.Count(connection, "decisions", "outcomes"), .. DecisionCheck.Run(connection)]);

    public static IEnumerable<CheckLine> Models(PostgresServer server) => Run(
        server,
        Migrations.PostgresModels,
        connection =>
        [
            .. DatabaseCheck.Count(connection, "models", "data_versions", "studies", "jobs"),
            .. PackageCheck.Run(connection),
            .. PartCheck.Run(connection),
        ]);

    public static IEnumerable<CheckLine> People(PostgresServer server) => Run(
        server, Migrations.PostgresPeople, connection => [.. DatabaseCheck.Count(connection, "people", "api_keys", "acts")]);

    private static List<CheckLine> Run(PostgresServer server, Migrations migrations, Func<DbConnection, List<CheckLine>> content)
    {
        var name = $"{server.Shown}, {migrations.Part}";
        try
        {
            return server.Run<List<CheckLine>>(connection => migrations.Current(connection) switch
            {
                0 => [new CheckLine(name, CheckState.Note, "there are none yet; loanrisk db migrate makes the tables")],
                var schema when schema == migrations.Latest =>
                    [new CheckLine(name, CheckState.Fine, $"schema {schema}"), .. content(connection)],
                var schema => [new CheckLine(
                    name, CheckState.Note, $"schema {schema}, this program works with {migrations.Latest}; nothing more was looked at")],
            });
        }
        catch (StoreException e)
        {
            return [new CheckLine(name, CheckState.Damaged, e.Message)];
        }
    }
}
