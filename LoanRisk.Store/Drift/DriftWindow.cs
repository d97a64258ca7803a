namespace LoanRisk.Store.Drift;

/// <summary>Which windows belong together: those of one model by one rule.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="ModelId">Id of the model whose training they are held against.</param>
/// <param name="Rule">SHA-256 of the product's rule of drift, hexadecimal.</param>
public sealed record DriftSeries(string Product, string ModelId, string Rule);

/// <summary>A window of decisions that was held against the rows of training.</summary>
public sealed record DriftWindow
{
    /// <summary>The look's number, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When the first of its decisions was given.</summary>
    public required DateTimeOffset FirstAt { get; init; }

    /// <summary>When the last was.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>The number of its last decision.</summary>
    public required long LastSeq { get; init; }

    /// <summary>How many decisions it has.</summary>
    public required long Decisions { get; init; }

    /// <summary>Something has drifted.</summary>
    public required bool Alarm { get; init; }

    /// <summary>The whole result, JSON.</summary>
    public required string Result { get; init; }

    /// <summary>When it was worked out.</summary>
    public required DateTimeOffset MadeAt { get; init; }
}
