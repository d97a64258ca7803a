namespace LoanRisk.Lending.Drift;

/// <summary>How large a drift is, whatever the number of rows.</summary>
public enum EffectMeasure
{
    /// <summary>Difference of means or shares in standard deviations.</summary>
    StandardisedDifference,

    /// <summary>Population stability index.</summary>
    PopulationStability,

    /// <summary>Cramer's V of the two distributions at equal weight.</summary>
    CramersV,

    /// <summary>Cliff's delta.</summary>
    CliffsDelta,
}

/// <summary>What a test looks at.</summary>
public enum DriftAspect
{
    /// <summary>The values that are given.</summary>
    Values,

    /// <summary>Whether there is a value.</summary>
    Missing,

    /// <summary>Whether the value is unlike all of training: out of the range, or a level that is not listed.</summary>
    Unseen,
}
