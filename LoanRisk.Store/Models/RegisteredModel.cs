namespace LoanRisk.Store.Models;

/// <summary>What a registered model is used for.</summary>
public enum ModelState
{
    /// <summary>Registered, never promoted.</summary>
    Candidate,

    /// <summary>Scores beside the champion; its answers decide nothing.</summary>
    Challenger,

    /// <summary>Serves its product.</summary>
    Champion,

    /// <summary>Has served, or was set aside.</summary>
    Retired,
}

/// <summary>What kind of model a package holds.</summary>
public enum ModelKind
{
    /// <summary>Boosted trees.</summary>
    Trees,

    /// <summary>A points scorecard, held as one tree a feature.</summary>
    Scorecard,
}

/// <summary>Where a model came from.</summary>
public enum ModelSource
{
    /// <summary>The package in the product's folder.</summary>
    Shipped,

    /// <summary>A training run with given parameters.</summary>
    Trained,

    /// <summary>A search for parameters.</summary>
    Tuned,

    /// <summary>A LightGBM text model made elsewhere.</summary>
    Imported,
}

/// <summary>A line of the registry.</summary>
public sealed record RegisteredModel
{
    /// <summary>The package's content hash.</summary>
    public required string Id { get; init; }

    /// <summary>Product id.</summary>
    public required string Product { get; init; }

    /// <summary>The product's schema version it was trained with.</summary>
    public required string SchemaVersion { get; init; }

    /// <summary>What it is used for now.</summary>
    public required ModelState State { get; init; }

    /// <summary>Trees or scorecard.</summary>
    public required ModelKind Kind { get; init; }

    /// <summary>Where it came from.</summary>
    public required ModelSource Source { get; init; }

    /// <summary>The champion when it was registered; null when there was none.</summary>
    public string? ParentId { get; init; }

    /// <summary>Id of the data set version it was trained on; null when it was trained on a file.</summary>
    public string? DataVersion { get; init; }

    /// <summary>When it was trained, by its manifest.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>
    /// How long it was trained, cross-validated and measured, a search for parameters aside; null where that was not recorded: imported,
    /// shipped and older models.
    /// </summary>
    public TimeSpan? TrainingTime { get; init; }

    /// <summary>When it was registered.</summary>
    public required DateTimeOffset RegisteredAt { get; init; }

    /// <summary>Who registered it.</summary>
    public required string RegisteredBy { get; init; }
}
