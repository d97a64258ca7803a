using Dapper;

namespace LoanRisk.Store.Decisions;

/// <summary>A decision as a watch reads it.</summary>
/// <param name="Seq">Its number: a later one is higher.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="Values">The application in the data's spelling, by feature; null is missing.</param>
public sealed record WatchedDecision(long Seq, DateTimeOffset DecidedAt, IReadOnlyDictionary<string, string?> Values);

/// <summary>Reads decisions in the order they were given, some at a time, also while the site has the database open.</summary>
public static class WatchedDecisions
{
    /// <summary>The decisions of a product after one of them, the earliest first; none when nothing was decided in this folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="product">Id of the product.</param>
    /// <param name="seq">The number of that one; 0 for the first.</param>
    /// <param name="limit">Decisions at most.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static IReadOnlyList<WatchedDecision> After(DataFolder folder, string product, long seq, int limit) =>
        DecisionFile.Read<IReadOnlyList<WatchedDecision>>(
            folder,
            connection =>
            {
                var reading = new DecisionReading();
                var rows = connection.Query<DecisionColumns>(
                    $"SELECT d.seq, {DecisionColumns.All} FROM decisions d WHERE d.product = @product AND d.seq > @seq "
                    + "ORDER BY d.seq LIMIT @limit",
                    new { product, seq, limit }).AsList();
                return [.. rows.Select(row => ToDecision(row.Seq, reading.Line(connection, row)))];
            },
            []);

    /// <summary>How many there are after one of them.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static long CountAfter(DataFolder folder, string product, long seq) => DecisionFile.Read(
        folder,
        connection => connection.ExecuteScalar<long>(
            "SELECT count(*) FROM decisions d WHERE d.product = @product AND d.seq > @seq", new { product, seq }),
        0L);

    /// <summary>The number of the last one that was given up to a moment; 0 without any. It goes through all decisions.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static long LastUntil(DataFolder folder, string product, DateTimeOffset moment) => DecisionFile.Read(
        folder,
        connection => connection.ExecuteScalar<long>(
            "SELECT coalesce(max(d.seq), 0) FROM decisions d WHERE d.product = @product AND d.decided_at <= @moment",
            new { product, moment = DecisionLine.TicksOf(moment) }),
        0L);

    private static WatchedDecision ToDecision(long seq, DecisionLine line) => new(
        seq,
        DecisionLine.MomentOf(line.DecidedAt),
        line.Context.Shared.Features.Zip(line.ReadValues()).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal));
}
