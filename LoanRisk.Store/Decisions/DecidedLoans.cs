using Dapper;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>A decided loan whose outcome is known.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="Values">The application in the data's spelling, by feature; null is missing.</param>
/// <param name="Bad">What was reported last: true when it turned bad.</param>
/// <param name="ObservedOn">The day that was observed.</param>
public sealed record DecidedLoan(string DecisionId, IReadOnlyDictionary<string, string?> Values, bool Bad, DateOnly ObservedOn);

/// <summary>Reads decided loans with their outcomes, also while the site has the database open.</summary>
public static class DecidedLoans
{
    // The migration that made the table.
    private const int FirstWithOutcomes = 2;

    /// <summary>The loans of a product whose outcome was reported, in the order they were decided; none when nothing was decided in this folder.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static IReadOnlyList<DecidedLoan> Read(DataFolder folder, string product)
    {
        var path = Path.Combine(folder.Path, DatabaseFile.FileName);
        if (!File.Exists(path))
        {
            return [];
        }

        try
        {
            using var connection = DatabaseFile.OpenReading(path);
            return connection.ExecuteScalar<int>("PRAGMA user_version") < FirstWithOutcomes ? [] : Read(connection, product);
        }
        catch (SqliteException e)
        {
            throw StoreException.From(e, path);
        }
    }

    private static List<DecidedLoan> Read(SqliteConnection connection, string product) => [.. connection.Query<Row>(
        """
        SELECT d.id, d.features, d.feature_values, o.bad, o.observed_on FROM decisions d
        JOIN outcomes o ON o.seq = (SELECT max(seq) FROM outcomes WHERE decision_id = d.id)
        WHERE d.product = @product ORDER BY d.seq
        """,
        new { product }).Select(row => row.ToLoan())];

    private sealed class Row
    {
        public string Id { get; set; } = "";

        public string Features { get; set; } = "";

        public string FeatureValues { get; set; } = "";

        public bool Bad { get; set; }

        public string ObservedOn { get; set; } = "";

        public DecidedLoan ToLoan() => new(
            Id,
            DecisionJson.Read<string>(Features).Zip(DecisionJson.Read<string?>(FeatureValues)).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
            Bad,
            DateOnly.Parse(ObservedOn));
    }
}
