using System.Data.Common;
using Dapper;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Database;

namespace LoanRisk.Store.Models;

/// <summary>
/// Model packages by content hash, the state of each, and the append-only history of what served when. Safe for all threads, and for the
/// site and the console at the same time: what changes states does so in one transaction.
/// </summary>
public sealed class ModelRegistry
{
    private const string IdWanted = "Give at least the first 6 letters.";

    private const int FewestLetters = 6;

    private readonly SharedDatabase _file;

    private ModelRegistry(SharedDatabase file) => _file = file;

    /// <summary>Opens the registry of a data folder; creates it where it is missing.</summary>
    /// <param name="folder">The data folder.</param>
    /// <param name="busyTimeout">How long to wait for another process that writes, in whole seconds; null is thirty.</param>
    /// <exception cref="StoreException">The database cannot be opened, or a newer program wrote it.</exception>
    public static ModelRegistry Open(DataFolder folder, TimeSpan? busyTimeout = null) => new(ModelDatabase.Open(folder, busyTimeout));

    /// <summary>The product files that the same database holds.</summary>
    public PushedProducts ProductFiles => new(_file);

    /// <summary>Whether there is a registry in a data folder or on its server, so that opening it makes nothing new.</summary>
    public static bool Exists(DataFolder folder) =>
        folder.Server is not null || File.Exists(Path.Combine(folder.Path, ModelDatabase.FileName));

    /// <summary>Why the database of models, data and jobs cannot be used now; null when it can.</summary>
    public string? Trouble() => _file.Trouble();

    /// <summary>Keeps a package as a candidate. One that is there already stays as it is.</summary>
    /// <param name="package">The package, checked when it was opened.</param>
    /// <param name="source">Where it came from.</param>
    /// <param name="entry">Who registers it, and when.</param>
    /// <param name="training">What is known of its training; null is nothing, of trees.</param>
    /// <exception cref="StoreException">It cannot be stored.</exception>
    public RegisteredModel Register(
        ModelPackage package, ModelSource source, AuditEntry entry, TrainingRecord? training = null) =>
        _file.Write((connection, transaction) =>
    {
        training ??= new TrainingRecord();
        var changes = new ModelChanges(connection, transaction);
        if (changes.Find(package.Id) is { } known)
        {
            return known;
        }

        var model = new RegisteredModel
        {
            Id = package.Id,
            Product = package.Manifest.Product,
            SchemaVersion = package.Manifest.SchemaVersion,
            State = ModelState.Candidate,
            Kind = training.Kind,
            Source = source,
            ParentId = changes.Champion(package.Manifest.Product)?.Id,
            DataVersion = training.DataVersion,
            TrainedAt = package.Manifest.TrainedAt,
            RegisteredAt = entry.At,
            RegisteredBy = entry.By,
            TrainingTime = training.Time,
        };
        changes.Insert(model, package.Files);
        changes.AppendEvent(model, new NewEvent(ModelEventKind.Registered, entry));
        return model;
    });

    /// <summary>Models, the newest first; of one product or of all.</summary>
    public IReadOnlyList<RegisteredModel> List(string? product = null) => _file.Read<IReadOnlyList<RegisteredModel>>(connection =>
        [
            .. connection.Query<ModelRow>(
                "SELECT * FROM models WHERE @product IS NULL OR product = @product ORDER BY rowid DESC", new { product })
                .Select(row => row.ToModel()),
        ]);

    /// <summary>The model of that id, or whose id starts so; null when there is none.</summary>
    /// <exception cref="ModelStateException">Fewer than six letters, or more than one model's id starts so.</exception>
    public RegisteredModel? Find(string idStart)
    {
        if (idStart.Length < FewestLetters)
        {
            throw new ModelStateException($"\"{idStart}\" is too short for a model's id. {IdWanted}");
        }

        var found = _file.Read(connection => connection.Query<ModelRow>(
            "SELECT * FROM models WHERE substr(id, 1, @length) = @idStart LIMIT 2", new { length = idStart.Length, idStart }).ToList());
        return found.Count > 1
            ? throw new ModelStateException($"The ids of several models start with \"{idStart}\". Give more letters.")
            : found.SingleOrDefault()?.ToModel();
    }

    /// <summary>The model that serves a product; null when there is none.</summary>
    public RegisteredModel? Champion(string product) => _file.Read(connection => new ModelChanges(connection, null).Champion(product));

    /// <summary>The model that answers beside a product's champion; null when there is none.</summary>
    public RegisteredModel? Challenger(string product) => _file.Read(connection => new ModelChanges(connection, null).Challenger(product));

    /// <summary>Ids of a product's champions from the present one back to the first; what was rolled back is left out.</summary>
    public IReadOnlyList<string> Champions(string product) =>
        _file.Read(connection => new ModelChanges(connection, null).Champions(product));

    /// <summary>A package as it was registered, checked anew.</summary>
    /// <exception cref="ModelPackageException">It is damaged, or of another product or schema; the message names the file.</exception>
    public ModelPackage Read(string id, LoanProduct product)
    {
        var package = ModelPackage.Open(Files(id), product);
        return package.Id == id
            ? package
            : throw new ModelPackageException(
                PackageFiles.Manifest,
                $"The registered files hash to {package.Id[..12]}, not to {id[..12]}: they were changed after registration.");
    }

    /// <summary>The files of a package, unchecked; empty when there is no such model.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Files(string id) =>
        _file.Read<IReadOnlyDictionary<string, ReadOnlyMemory<byte>>>(connection =>
        connection.Query<(string Name, byte[] Content)>(
            $"SELECT name, {Dialect.Of(connection).Bytes("content")} FROM model_files WHERE model_id = @id", new { id })
            .ToDictionary(file => file.Name, file => (ReadOnlyMemory<byte>)file.Content, StringComparer.Ordinal));

    /// <summary>What happened, the newest first; of one product or of all.</summary>
    public IReadOnlyList<ModelEvent> History(string? product = null, int limit = 1_000) =>
        _file.Read<IReadOnlyList<ModelEvent>>(connection =>
        [
            .. connection.Query<ModelEventRow>(
                "SELECT * FROM model_events WHERE @product IS NULL OR product = @product ORDER BY seq DESC LIMIT @limit",
                new { product, limit })
                .Select(row => row.ToEvent()),
        ]);

    /// <summary>The number of the newest event, 0 before the first: who has seen it has seen everything.</summary>
    public long LastEvent() => _file.Read(connection => connection.ExecuteScalar<long>("SELECT coalesce(max(seq), 0) FROM model_events"));

    /// <summary>The policy that was put into force last, whatever the product file says now; null before the first champion.</summary>
    public RecordedPolicy? Policy(string product) => _file.Read(connection => new ModelChanges(connection, null).Policy(product));

    /// <summary>Every policy that was ever in force, in the order they were first recorded.</summary>
    public IReadOnlyList<RecordedPolicy> Policies(string product) => _file.Read<IReadOnlyList<RecordedPolicy>>(connection =>
        [
            .. connection.Query<PolicyRow>("SELECT * FROM policies WHERE product = @product ORDER BY rowid", new { product })
                .Select(row => row.ToPolicy()),
        ]);

    /// <summary>
    /// Records the product file's policy beside the champion: when none is recorded yet, or as an event with the old and the new one when
    /// its version is higher. Answers the policy in force then; null while there is no champion. Nothing is written when nothing changes.
    /// </summary>
    /// <exception cref="StoreException">It cannot be stored.</exception>
    public RecordedPolicy? KeepPolicy(LoanProduct product, AuditEntry entry)
    {
        if (Policy(product.Id) is { } recorded && !recorded.YieldsTo(product))
        {
            return recorded;
        }

        return _file.Write((connection, transaction) =>
        {
            var changes = new ModelChanges(connection, transaction);
            if (changes.Champion(product.Id) is { } champion)
            {
                var isFirst = changes.Policy(product.Id) is null;
                var serving = changes.Serve(champion, product, entry);
                if (isFirst)
                {
                    var first = entry with { Reason = $"Policy version {product.Policy.Version} is recorded from here on." };
                    changes.AppendEvent(champion, new NewEvent(ModelEventKind.Policy, first, Serving: serving));
                }
            }

            return changes.Policy(product.Id);
        });
    }

    /// <summary>
    /// Makes a model the champion of its product; the one before it is retired. The product file and the policy that decides beside it are
    /// recorded with it.
    /// </summary>
    /// <exception cref="ModelStateException">
    /// There is no such model, it is the champion, another champion came in between, or a forced promotion has no reason.
    /// </exception>
    public RegisteredModel Promote(string id, LoanProduct product, Promotion promotion) => _file.Write((connection, transaction) =>
    {
        var changes = new ModelChanges(connection, transaction);
        var model = changes.Required(id);
        Refuse(model.Product != product.Id, $"Model {Short(id)} is of product {model.Product}, not of {product.Id}.");
        var champion = changes.Champion(model.Product);
        Refuse(model.State == ModelState.Champion, $"Model {Short(id)} is the champion of {model.Product} already.");
        Refuse(
            champion?.Id != promotion.ExpectedChampion,
            $"The champion of {model.Product} changed in the meantime: compare with it and promote again.");
        Refuse(
            promotion.Forced && string.IsNullOrWhiteSpace(promotion.AuditEntry.Reason),
            "A promotion against the gate needs a reason, which is kept.");
        changes.SetChampion(model, champion);
        var serving = changes.Serve(model, product, promotion.AuditEntry);
        changes.AppendEvent(
            model, new NewEvent(ModelEventKind.Promoted, promotion.AuditEntry, champion?.Id, serving, promotion.Forced, promotion.Gate));
        return model with { State = ModelState.Champion };
    });

    /// <summary>Makes the champion before the present one the champion again; doing so twice goes two back.</summary>
    /// <exception cref="ModelStateException">The product has no champion, or none before it.</exception>
    public RegisteredModel RollBack(LoanProduct product, AuditEntry entry) => _file.Write((connection, transaction) =>
    {
        var changes = new ModelChanges(connection, transaction);
        var champion = changes.Champion(product.Id) ?? throw new ModelStateException($"{product.Id} has no champion to take back.");
        var before = changes.Required(
            changes.Champions(product.Id).ElementAtOrDefault(1)
                ?? throw new ModelStateException($"{product.Id} had no champion before {Short(champion.Id)}."));
        changes.SetChampion(before, champion);
        changes.AppendEvent(before, new NewEvent(ModelEventKind.RolledBack, entry, champion.Id, changes.Serve(before, product, entry)));
        return before with { State = ModelState.Champion };
    });

    /// <summary>Makes a model the challenger of its product; the one before it is a candidate again.</summary>
    /// <exception cref="ModelStateException">There is no such model, or it is the champion, or the challenger already.</exception>
    public RegisteredModel Challenge(string id, AuditEntry entry) => _file.Write((connection, transaction) =>
    {
        var changes = new ModelChanges(connection, transaction);
        var model = changes.Required(id);
        Refuse(model.State == ModelState.Champion, $"Model {Short(id)} is the champion; it cannot challenge itself.");
        Refuse(model.State == ModelState.Challenger, $"Model {Short(id)} is the challenger of {model.Product} already.");
        var before = changes.Challenger(model.Product);
        if (before is not null)
        {
            changes.Set(before.Id, ModelState.Candidate);
        }

        changes.Set(id, ModelState.Challenger);
        changes.AppendEvent(model, new NewEvent(ModelEventKind.Challenger, entry, before?.Id));
        return model with { State = ModelState.Challenger };
    });

    /// <summary>Sets a model aside.</summary>
    /// <exception cref="ModelStateException">There is no such model, or it is the champion.</exception>
    public RegisteredModel Retire(string id, AuditEntry entry) => _file.Write((connection, transaction) =>
    {
        var changes = new ModelChanges(connection, transaction);
        var model = changes.Required(id);
        Refuse(model.State == ModelState.Champion, $"Model {Short(id)} is the champion; promote another one or roll back first.");
        changes.Set(id, ModelState.Retired);
        changes.AppendEvent(model, new NewEvent(ModelEventKind.Retired, entry));
        return model with { State = ModelState.Retired };
    });

    private static void Refuse(bool condition, string why)
    {
        if (condition)
        {
            throw new ModelStateException(why);
        }
    }

    private static string Short(string id) => id.Length > 12 ? id[..12] : id;
}
