using System.Data.Common;
using Dapper;

namespace LoanRisk.Store.Decisions;

/// <summary>The table <c>answers</c>: given answers, by client and key.</summary>
internal static class AnswerTable
{
    private const string OfRequest = "client = @Client AND key = @Key";

    /// <summary>Writes an answer.</summary>
    /// <exception cref="AnsweredBeforeException">The request has one; nothing is written.</exception>
    public static void Insert(DbConnection connection, GivenAnswer answer, DbTransaction? transaction = null)
    {
        if (TryInsert(connection, answer, transaction) == 0)
        {
            throw new AnsweredBeforeException(answer.Request);
        }
    }

    /// <summary>Writes an answer that may have been written already by a connection that was lost.</summary>
    /// <exception cref="AnsweredBeforeException">The request has another one; nothing is written.</exception>
    public static void InsertAgain(DbConnection connection, GivenAnswer answer, DbTransaction transaction)
    {
        if (TryInsert(connection, answer, transaction) == 0 && !IsThere(connection, answer, transaction))
        {
            throw new AnsweredBeforeException(answer.Request);
        }
    }

    /// <summary>Takes an answer away, and no other one to the same request.</summary>
    public static void Remove(DbConnection connection, GivenAnswer answer, DbTransaction? transaction = null) => connection.Execute(
        $"DELETE FROM answers WHERE {OfRequest} AND given_at = @givenAt AND body = @Body", Columns(answer), transaction);

    /// <summary>Takes away what was given before a moment.</summary>
    public static void RemoveBefore(DbConnection connection, DateTimeOffset moment, DbTransaction? transaction = null) =>
        connection.Execute("DELETE FROM answers WHERE given_at < @before", new { before = DecisionLine.TicksOf(moment) }, transaction);

    /// <summary>The answer to a request, or null.</summary>
    public static GivenAnswer? Find(DbConnection connection, RequestKey request) =>
        connection.QuerySingleOrDefault<Row>($"SELECT * FROM answers WHERE {OfRequest}", request)?.ToAnswer();

    /// <summary>Writes an answer unless the request has one; answers how many were written.</summary>
    public static int TryInsert(DbConnection connection, GivenAnswer answer, DbTransaction? transaction = null) => connection.Execute(
        """
        INSERT INTO answers (client, key, fingerprint, given_at, status, content_type, location, body)
        VALUES (@Client, @Key, @Fingerprint, @givenAt, @Status, @ContentType, @Location, @Body) ON CONFLICT (client, key) DO NOTHING
        """,
        Columns(answer),
        transaction);

    private static bool IsThere(DbConnection connection, GivenAnswer answer, DbTransaction transaction) =>
        connection.ExecuteScalar<long>(
            $"SELECT count(*) FROM answers WHERE {OfRequest} AND given_at = @givenAt AND body = @Body", Columns(answer), transaction) > 0;

    private static object Columns(GivenAnswer answer) => new
    {
        answer.Request.Client,
        answer.Request.Key,
        answer.Fingerprint,
        givenAt = DecisionLine.TicksOf(answer.GivenAt),
        answer.Status,
        answer.ContentType,
        answer.Location,
        answer.Body,
    };

    private sealed class Row
    {
        public string Client { get; set; } = "";

        public string Key { get; set; } = "";

        public byte[] Fingerprint { get; set; } = [];

        public long GivenAt { get; set; }

        public long Status { get; set; }

        public string? ContentType { get; set; }

        public string? Location { get; set; }

        public byte[] Body { get; set; } = [];

        public GivenAnswer ToAnswer() => new(
            new RequestKey(Client, Key), Fingerprint, DecisionLine.MomentOf(GivenAt), (int)Status, ContentType, Location, Body);
    }
}
