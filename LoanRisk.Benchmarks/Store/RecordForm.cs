using LoanRisk.Store.Decisions;
using LoanRisk.Store.Decisions.Records;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Benchmarks.Store;

/// <summary>
/// The form of this version: records beside the searched columns, statements prepared for good, ids that begin with the time.
/// </summary>
internal sealed class RecordForm(SqliteConnection connection) : WrittenForm("records", connection)
{
    private readonly DecisionStatements _statements = new(connection);

    private readonly DecisionContexts _contexts = new();

    private DecisionLine[] _lines = [];

    private int _next;

    public override object Make(StoredDecision stored) => DecisionLine.Of(stored, _contexts);

    public override void Prepare(IReadOnlyList<StoredDecision> decisions) =>
        _lines = [.. decisions.Select(stored => DecisionLine.Of(stored, _contexts))];

    public override void Commit(int rows)
    {
        _statements.Begin();
        for (var i = 0; i < rows; i++)
        {
            _statements.Insert(WithNewId(_lines[_next++ % _lines.Length]));
        }

        _statements.Commit();
    }

    public override void Dispose()
    {
        _statements.Dispose();
        base.Dispose();
    }

    private static DecisionLine WithNewId(DecisionLine line) => new()
    {
        Id = DecisionId.New(DateTimeOffset.UtcNow),
        DecidedAt = line.DecidedAt,
        Context = line.Context,
        Origin = line.Origin,
        Outcome = line.Outcome,
        OverriddenBy = line.OverriddenBy,
        Probability = line.Probability,
        RawScore = line.RawScore,
        ChangedFrom = line.ChangedFrom,
        Record = line.Record,
    };
}
