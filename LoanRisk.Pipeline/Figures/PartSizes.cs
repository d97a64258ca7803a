namespace LoanRisk.Pipeline.Figures;

/// <summary>Loans and bad loans of each part of the rows; null for a part that is not known.</summary>
public sealed record PartSizes
{
    /// <summary>All loans.</summary>
    public PartSize? All { get; init; }

    /// <summary>Those the trees learned from.</summary>
    public PartSize? Trees { get; init; }

    /// <summary>Those that ended the training of the trees.</summary>
    public PartSize? EarlyStopping { get; init; }

    /// <summary>Those the calibrations were fitted on.</summary>
    public PartSize? Calibration { get; init; }

    /// <summary>Those the calibration was chosen on.</summary>
    public PartSize? Choice { get; init; }

    /// <summary>Those that were kept for the test.</summary>
    public PartSize? Test { get; init; }

    /// <summary>Rows of the file that could not be used.</summary>
    public int? Skipped { get; init; }
}

/// <summary>Size of a part.</summary>
public sealed record PartSize(int Loans, int Bad);
