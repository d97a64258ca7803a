namespace LoanRisk.Lending.Models;

/// <summary>How a model came about; the manifest keeps it.</summary>
public record TrainingFacts
{
    /// <summary>When it was trained.</summary>
    public required DateTimeOffset TrainedAt { get; init; }

    /// <summary>Version of the code that trained it.</summary>
    public required string CodeVersion { get; init; }

    /// <summary>Seed of everything random.</summary>
    public required int Seed { get; init; }

    /// <summary>LightGBM's parameters by name.</summary>
    public required IReadOnlyDictionary<string, string> Parameters { get; init; }

    /// <summary>SHA-256 of the training file, hexadecimal in lower case.</summary>
    public required string DataSha256 { get; init; }

    /// <summary>Rows it was trained on.</summary>
    public required int Rows { get; init; }

    /// <summary>How many of them were bad loans.</summary>
    public required int BadRows { get; init; }
}
