using System.Data.Common;
using Dapper;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Models;

/// <summary>The statements of which the registry's transactions are made.</summary>
internal sealed class ModelChanges(DbConnection connection, DbTransaction? transaction)
{
    public RegisteredModel? Find(string id) =>
        connection.QuerySingleOrDefault<ModelRow>("SELECT * FROM models WHERE id = @id", new { id }, transaction)?.ToModel();

    public RegisteredModel Required(string id) => Find(id) ?? throw new ModelStateException($"There is no model {id}.");

    public RegisteredModel? Champion(string product) => InState(product, ModelState.Champion);

    public RegisteredModel? Challenger(string product) => InState(product, ModelState.Challenger);

    public void Insert(RegisteredModel model, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files)
    {
        connection.Execute(
            """
            INSERT INTO models (
                id, product, schema_version, state, kind, source, parent_id, data_version, trained_at, registered_at, registered_by,
                training_seconds)
            VALUES (
                @Id, @Product, @SchemaVersion, @State, @Kind, @Source, @ParentId, @DataVersion, @TrainedAt, @RegisteredAt, @RegisteredBy,
                @TrainingSeconds)
            """,
            ModelRow.From(model),
            transaction);
        foreach (var (name, content) in files)
        {
            connection.Execute(
                "INSERT INTO model_files (model_id, name, content) VALUES (@id, @name, @content)",
                new { id = model.Id, name, content = content.ToArray() },
                transaction);
        }
    }

    public void Set(string id, ModelState state) =>
        connection.Execute("UPDATE models SET state = @state WHERE id = @id", new { id, state = SqlText.Of(state) }, transaction);

    // Of both states there is one at most.
    private RegisteredModel? InState(string product, ModelState state) => connection.QueryFirstOrDefault<ModelRow>(
        "SELECT * FROM models WHERE product = @product AND state = @state", new
        {
            product, state = SqlText.Of(state),
        }, transaction)?.ToModel();

    public void SetChampion(RegisteredModel model, RegisteredModel? champion)
    {
        if (champion is not null)
        {
            Set(champion.Id, ModelState.Retired);
        }

        Set(model.Id, ModelState.Champion);
    }

    public void AppendEvent(RegisteredModel model, NewEvent deed) => connection.Execute(
        """
        INSERT INTO model_events (
            product, model_id, kind, previous_id, at, by, reason, forced, gate, product_hash, policy_hash, previous_policy_hash)
        VALUES (@Product, @Id, @kind, @Previous, @at, @By, @Reason, @Forced, @Gate, @ProductHash, @PolicyHash, @PreviousPolicyHash)
        """,
        new
        {
            model.Product, model.Id, kind =
                SqlText.Of(deed.Kind), deed.Previous, at = SqlText.Of(deed.Entry.At), By = SqlText.Held(deed.Entry.By),
            Reason = SqlText.Held(deed.Entry.Reason),
            deed.Forced, deed.Gate, deed.Serving?.ProductHash, deed.Serving?.PolicyHash, deed.Serving?.PreviousPolicyHash,
        },
        transaction);

    /// <summary>The policy in force: that of the newest event which names one.</summary>
    public RecordedPolicy? Policy(string product) => connection.QueryFirstOrDefault<PolicyRow>(
        """
        SELECT p.* FROM model_events e JOIN policies p ON p.product = e.product AND p.hash = e.policy_hash
        WHERE e.product = @product ORDER BY e.seq DESC LIMIT 1
        """,
        new { product },
        transaction)?.ToPolicy();

    /// <summary>
    /// Records the product file's policy beside a champion when none is recorded, or when it is of a higher version; a change of policy is
    /// an event of its own. Answers what stands beside the champion then.
    /// </summary>
    public Serving Serve(RegisteredModel champion, LoanProduct product, AuditEntry entry)
    {
        var before = Policy(product.Id);
        if (before?.YieldsTo(product) == false)
        {
            return new Serving(product.FileHash, before.Hash);
        }

        var policy = RecordedPolicy.Of(product, entry.At);
        connection.Execute(
            "INSERT INTO policies (product, hash, version, content, recorded_at) VALUES (@Product, @Hash, @Version, @Content, "
                + "@at) ON CONFLICT (product, hash) DO NOTHING",
            new { policy.Product, policy.Hash, policy.Version, policy.Content, at = SqlText.Of(policy.RecordedAt) },
            transaction);
        if (before is not null)
        {
            var change = entry with { Reason = $"Policy version {policy.Version} of the product file followed version {before.Version}." };
            AppendEvent(
                champion, new NewEvent(ModelEventKind.Policy, change, Serving: new Serving(product.FileHash, policy.Hash, before.Hash)));
        }

        return new Serving(product.FileHash, policy.Hash);
    }

    /// <summary>Replays promotions and rollbacks: the present champion, the one it took the place of, and so on.</summary>
    public IReadOnlyList<string> Champions(string product)
    {
        var champions = new Stack<string>();
        var events = connection.Query<ModelEventRow>(
            "SELECT * FROM model_events WHERE product = @product AND kind IN ('promoted', 'rolled_back') ORDER BY "
                + "seq", new { product }, transaction);
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

/// <summary>What stands beside a champion from an event on.</summary>
/// <param name="ProductHash">Hash of the product file.</param>
/// <param name="PolicyHash">Hash of the policy in force.</param>
/// <param name="PreviousPolicyHash">Hash of the policy before, where the event changed it.</param>
internal sealed record Serving(string ProductHash, string PolicyHash, string? PreviousPolicyHash = null);

/// <summary>An event that is to be appended to the history of a model.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Entry">Who did it, when, and why.</param>
/// <param name="Previous">Id of the model whose place was taken; null when none was.</param>
/// <param name="Serving">What stands beside the champion from then on; null where that did not change.</param>
/// <param name="Forced">It was done against the gate.</param>
/// <param name="Gate">What the gate said; null where it was not asked.</param>
internal sealed record NewEvent(
    ModelEventKind Kind, AuditEntry Entry, string? Previous = null, Serving? Serving = null, bool Forced = false, string? Gate = null);
