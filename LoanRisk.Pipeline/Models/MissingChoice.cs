namespace LoanRisk.Pipeline.Models;

/// <summary>Where missing values go in the trees of an ML.NET model that is imported.</summary>
public enum MissingChoice
{
    /// <summary>Where LightGBM sent them while the trees grew.</summary>
    Repaired,

    /// <summary>Where ML.NET sends them when it scores, which is elsewhere at some nodes.</summary>
    MLNet,
}
