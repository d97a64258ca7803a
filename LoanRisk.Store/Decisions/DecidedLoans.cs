using Dapper;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Decisions;

/// <summary>A loan as it was decided.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="DecidedAt">When, UTC.</param>
/// <param name="Values">The application in the data's spelling, by feature; null is missing.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Bad">What was reported last: true when it turned bad, null when nothing was reported.</param>
public sealed record DecidedLoan(
    string DecisionId, DateTimeOffset DecidedAt, IReadOnlyDictionary<string, string?> Values, BareDecision Answer, bool? Bad);

/// <summary>Reads decided loans, also while the site has the database open.</summary>
public static class DecidedLoans
{
    private const string Columns = DecisionColumns.All + ", o.bad";

    /// <summary>
    /// The loans of a product whose outcome was reported, in the order they were decided; none when nothing was decided in this folder.
    /// </summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static IReadOnlyList<DecidedLoan> WithOutcome(DataFolder folder, string product) =>
        Read(folder, dialect => $"SELECT {Columns} FROM {WithNewestOutcome(dialect)} ORDER BY d.seq", new { product });

    /// <summary>
    /// How many loans of a product have a newest report that was observed before the decision; they count as if nothing was reported.
    /// </summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static int WithEarlyOutcome(DataFolder folder, string product) =>
        DecisionFile.Read(
            folder,
            connection => connection.ExecuteScalar<int>(
                $"SELECT count(*) FROM {WithAnyOutcome(Dialect.Of(connection))} AND {IsEarly(Dialect.Of(connection))}", new { product }),
            0);

    /// <summary>Those of them that were decided after a moment and last, the newest first.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="product">Id of the product.</param>
    /// <param name="after">The moment.</param>
    /// <param name="limit">Loans at most.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static IReadOnlyList<DecidedLoan> NewestWithOutcome(DataFolder folder, string product, DateTimeOffset after, int limit) =>
        Read(
            folder,
            dialect => $"SELECT {Columns} FROM {WithNewestOutcome(dialect)} AND d.decided_at > @after ORDER BY d.seq DESC LIMIT @limit",
            new { product, after = DecisionLine.TicksOf(after), limit });

    /// <summary>The loans of a product that were decided last, the newest first; none when nothing was decided in this folder.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="product">Id of the product.</param>
    /// <param name="limit">Loans at most.</param>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static IReadOnlyList<DecidedLoan> Newest(DataFolder folder, string product, int limit) =>
        Read(
            folder,
            dialect => $"SELECT {Columns} FROM decisions d LEFT JOIN outcomes o ON o.seq = (SELECT max(seq) FROM outcomes WHERE "
                + $"decision_id = d.id) AND NOT ({IsEarly(dialect)}) WHERE d.product = @product ORDER BY d.seq DESC LIMIT @limit",
            new { product, limit });

    /// <summary>
    /// The numbers of the newest decision and the newest report; as long as they stay, so does everything that is read here.
    /// </summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public static (long Decision, long Outcome) LastChange(DataFolder folder) => DecisionFile.Read(
        folder, connection => connection.QuerySingle<(long, long)>(
            "SELECT coalesce((SELECT max(seq) FROM decisions), 0), coalesce((SELECT max(seq) FROM outcomes), 0)"), (0, 0));

    // Earlier versions stored outcomes that were observed before the decision; such a report tells nothing about the loan.
    private static string IsEarly(Dialect dialect) => $"o.observed_on < {dialect.Day("d.decided_at", ReportedOutcome.HoursBehind)}";

    private static string WithNewestOutcome(Dialect dialect) => $"{WithAnyOutcome(dialect)} AND NOT ({IsEarly(dialect)})";

    // From the outcomes to the decisions: few loans have one.
    private static string WithAnyOutcome(Dialect dialect) =>
        $"outcomes o {dialect.JoinInOrder} decisions d ON d.id = o.decision_id WHERE o.seq = (SELECT max(seq) FROM outcomes WHERE "
            + "decision_id = o.decision_id) AND d.product = @product";

    private static IReadOnlyList<DecidedLoan> Read(DataFolder folder, Func<Dialect, string> sql, object parameters) =>
        DecisionFile.Read<IReadOnlyList<DecidedLoan>>(
            folder,
            connection =>
            {
                var reading = new DecisionReading();
                var rows = connection.Query<Row>(sql(Dialect.Of(connection)), parameters).AsList();
                return [.. rows.Select(row => ToLoan(reading.Line(connection, row), row.Bad))];
            },
            []);

    private static DecidedLoan ToLoan(DecisionLine line, bool? bad) => new(
        line.Id,
        DecisionLine.MomentOf(line.DecidedAt),
        line.Context.Shared.Features.Zip(line.ReadValues()).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal),
        new BareDecision(line.Probability, line.ToSummary().Outcome),
        bad);

    private sealed class Row : DecisionColumns
    {
        public bool? Bad { get; set; }
    }
}
