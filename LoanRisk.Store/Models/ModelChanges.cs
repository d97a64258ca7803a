using Dapper;
using LoanRisk.Store.Database;
using Microsoft.Data.Sqlite;

namespace LoanRisk.Store.Models;

/// <summary>The statements of which the registry's transactions are made.</summary>
internal sealed class ModelChanges(SqliteConnection connection, SqliteTransaction? transaction)
{
    public RegisteredModel? Find(string id) =>
        connection.QuerySingleOrDefault<ModelRow>("SELECT * FROM models WHERE id = @id", new { id }, transaction)?.ToModel();

    public RegisteredModel Required(string id) => Find(id) ?? throw new ModelStateException($"There is no model {id}.");

    public RegisteredModel? Holder(string product, ModelState state) => connection.QueryFirstOrDefault<ModelRow>(
        "SELECT * FROM models WHERE product = @product AND state = @state", new { product, state = SqlText.Of(state) }, transaction)?.ToModel();

    public void Insert(RegisteredModel model, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        connection.Execute(
            """
            INSERT INTO models (id, product, schema_version, state, kind, source, parent_id, data_version, trained_at, registered_at, registered_by, training_seconds)
            VALUES (@Id, @Product, @SchemaVersion, @State, @Kind, @Source, @ParentId, @DataVersion, @TrainedAt, @RegisteredAt, @RegisteredBy, @TrainingSeconds)
            """,
            ModelRow.From(model),
            transaction);
        foreach (var (name, content) in files)
        {
            connection.Execute("INSERT INTO model_files (model_id, name, content) VALUES (@id, @name, @content)", new { id = model.Id, name, content = content.ToArray() }, transaction);
        }
    }

    public void Set(string id, ModelState state) =>
        connection.Execute("UPDATE models SET state = @state WHERE id = @id", new { id, state = SqlText.Of(state) }, transaction);

    public void Crown(RegisteredModel model, RegisteredModel? champion)
    {
        if (champion is not null)
        {
            Set(champion.Id, ModelState.Retired);
        }

        Set(model.Id, ModelState.Champion);
    }

    public void Tell(RegisteredModel model, ModelEventKind kind, string? previous, Deed deed, bool forced = false, string? gate = null) => connection.Execute(
        """
        INSERT INTO model_events (product, model_id, kind, previous_id, at, by, reason, forced, gate)
        VALUES (@Product, @Id, @kind, @previous, @at, @By, @Reason, @forced, @gate)
        """,
        new { model.Product, model.Id, kind = SqlText.Of(kind), previous, at = SqlText.Of(deed.At), deed.By, deed.Reason, forced, gate },
        transaction);

    /// <summary>Replays promotions and rollbacks: the present champion, the one it took the place of, and so on.</summary>
    public IReadOnlyList<string> Champions(string product)
    {
        var champions = new Stack<string>();
        var events = connection.Query<ModelEventRow>(
            "SELECT * FROM model_events WHERE product = @product AND kind IN ('promoted', 'rolled_back') ORDER BY seq", new { product }, transaction);
        foreach (var line in events)
        {
            if (line.Kind == SqlText.Of(ModelEventKind.RolledBack))
            {
                champions.Pop();
            }
            else
            {
                champions.Push(line.ModelId);
            }
        }

        return [.. champions];
    }
}
