namespace LoanRisk.Pipeline.Models;

/// <summary>What a model is exported as.</summary>
public enum ExportFormat
{
    /// <summary>LightGBM's text, and the calibration.</summary>
    LightGbm,

    /// <summary>A zip that any program with ML.NET loads.</summary>
    MLNet,

    /// <summary>The scoring table.</summary>
    Table,
}
