using LoanRisk.Store.Database;

namespace LoanRisk.Store.Models;

/// <summary>A line of the table <c>models</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class ModelRow
{
    public string Id { get; set; } = "";

    public string Product { get; set; } = "";

    public string SchemaVersion { get; set; } = "";

    public string State { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Source { get; set; } = "";

    public string? ParentId { get; set; }

    public string? DataVersion { get; set; }

    public string TrainedAt { get; set; } = "";

    public string RegisteredAt { get; set; } = "";

    public string RegisteredBy { get; set; } = "";

    public double? TrainingSeconds { get; set; }

    public static ModelRow From(RegisteredModel model) => new()
    {
        Id = model.Id,
        Product = model.Product,
        SchemaVersion = model.SchemaVersion,
        State = SqlText.Of(model.State),
        Kind = SqlText.Of(model.Kind),
        Source = SqlText.Of(model.Source),
        ParentId = model.ParentId,
        DataVersion = model.DataVersion,
        TrainedAt = SqlText.Of(model.TrainedAt),
        RegisteredAt = SqlText.Of(model.RegisteredAt),
        RegisteredBy = SqlText.Held(model.RegisteredBy),
        TrainingSeconds = model.TrainingTime?.TotalSeconds,
    };

    public RegisteredModel ToModel() => new()
    {
        Id = Id,
        Product = Product,
        SchemaVersion = SchemaVersion,
        State = SqlText.Enum<ModelState>(State),
        Kind = SqlText.Enum<ModelKind>(Kind),
        Source = SqlText.Enum<ModelSource>(Source),
        ParentId = ParentId,
        DataVersion = DataVersion,
        TrainedAt = SqlText.Moment(TrainedAt),
        RegisteredAt = SqlText.Moment(RegisteredAt),
        RegisteredBy = RegisteredBy,
        TrainingTime = TrainingSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };
}

/// <summary>A line of the table <c>model_events</c>.</summary>
internal sealed class ModelEventRow
{
    public long Seq { get; set; }

    public string Product { get; set; } = "";

    public string ModelId { get; set; } = "";

    public string Kind { get; set; } = "";

    public string? PreviousId { get; set; }

    public string At { get; set; } = "";

    public string By { get; set; } = "";

    public string Reason { get; set; } = "";

    public bool Forced { get; set; }

    public string? Gate { get; set; }

    public string? ProductHash { get; set; }

    public string? PolicyHash { get; set; }

    public string? PreviousPolicyHash { get; set; }

    public ModelEvent ToEvent() =>
        new(Seq, Product, ModelId, SqlText.Enum<ModelEventKind>(Kind), PreviousId, SqlText.Moment(At), By, Reason, Forced, Gate)
    {
        ProductHash = ProductHash, PolicyHash = PolicyHash, PreviousPolicyHash = PreviousPolicyHash,
    };
}
