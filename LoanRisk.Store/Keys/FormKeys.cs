using Dapper;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Keys;

/// <summary>
/// The keys that protect forms and cookies, in a database server: a form that one node made can be sent to any other. Each is XML of
/// ASP.NET Core's data protection.
/// </summary>
public sealed class FormKeys
{
    private readonly SharedDatabase _database;

    private FormKeys(SharedDatabase database) => _database = database;

    /// <summary>Opens the keys.</summary>
    /// <exception cref="StoreException">The database cannot be opened.</exception>
    public static FormKeys Open(PostgresServer server) => new(PostgresSharedDatabase.Open(server, ModelDatabase.Part));

    /// <summary>All keys, the oldest first.</summary>
    /// <exception cref="StoreException">The database cannot be read.</exception>
    public IReadOnlyList<string> All() =>
        _database.Read<IReadOnlyList<string>>(connection => [.. connection.Query<string>("SELECT content FROM form_keys ORDER BY rowid")]);

    /// <summary>Keeps a key.</summary>
    /// <param name="name">Its name, which tells it from others.</param>
    /// <param name="content">The XML.</param>
    /// <exception cref="StoreException">The database cannot be written to.</exception>
    public void Add(string name, string content) => _database.Write((connection, transaction) => connection.Execute(
        "INSERT INTO form_keys (name, content) VALUES (@name, @content) ON CONFLICT (name) DO UPDATE SET content = @content",
        new { name, content },
        transaction));
}
