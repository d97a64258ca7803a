namespace LoanRisk.Trees.Training;

/// <summary>How trees follow on each other: LightGBM's <c>boosting</c>.</summary>
public enum BoostingType
{
    /// <summary>Each tree corrects the sum of those before (Friedman 2001).</summary>
    Gbdt,

    /// <summary>
    /// Each tree corrects the sum of those before without some that are drawn, and shares their weight (Rashmi and Gilad-Bachrach
    /// 2015).
    /// </summary>
    Dart,

    /// <summary>Trees that know nothing of each other, on drawn rows or features; the output is their average (Breiman 2001).</summary>
    Rf,
}
