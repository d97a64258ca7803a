namespace LoanRisk.MLNet.Reading;

/// <summary>Where missing values go in the trees of an ML.NET model.</summary>
public enum MissingValues
{
    /// <summary>
    /// Where LightGBM sent them while the trees grew. ML.NET loses that at a split that parts missing from the rest, and in a tree of whose
    /// features none was missing.
    /// </summary>
    Repaired,

    /// <summary>Where ML.NET sends them when it scores.</summary>
    AsMLNetScores,
}
