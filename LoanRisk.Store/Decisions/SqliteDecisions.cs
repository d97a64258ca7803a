using System.Data.Common;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Decisions;

/// <summary>Decisions in SQLite's file: WAL, synchronous FULL, one program.</summary>
internal sealed class SqliteDecisions : DecisionDatabase
{
    private readonly DatabaseFile _file;

    private SqliteDecisions(DatabaseFile file) => _file = file;

    public override string Shown => _file.Path;

    public override string System => "sqlite";

    /// <inheritdoc cref="DecisionDatabase.Open"/>
    public static new SqliteDecisions Open(DataFolder folder, TimeSpan busyTimeout, Action<string>? told = null) =>
        new(DatabaseFile.Open(folder, busyTimeout, (connection, path) => DecisionUpgrade.Run(connection, path, told)));

    public override CommitLine NewLine(TimeProvider clock, Action<string?> troubleChanged) =>
        new SqliteCommitLine(_file, clock, troubleChanged);

    public override DbConnection OpenReading() => _file.OpenReading();

    public override Exception Explain(DbException error) => error is SqliteException sqlite ? _file.Explain(sqlite) : error;

    public override bool CanHold(string text) => true;

    public override void RequireInPlace() => _file.RequireInPlace();

    public override void Dispose() => _file.Dispose();
}
