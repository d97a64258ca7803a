namespace LoanRisk.Lending.Products;

/// <summary>How the tests of one look at the data are kept from alarming by their number.</summary>
public enum TestCorrection
{
    /// <summary>Each test by itself.</summary>
    None,

    /// <summary>p times the number of tests; holds however the tests depend on each other.</summary>
    Bonferroni,

    /// <summary>1 - (1 - p)^tests; holds for independent tests.</summary>
    Sidak,

    /// <summary>Bonferroni step by step from the smallest p; holds as Bonferroni does and finds more.</summary>
    Holm,

    /// <summary>Benjamini and Hochberg: bounds the share of false alarms among the alarms, where some have truly drifted.</summary>
    BenjaminiHochberg,
}

/// <summary>Which decisions are looked at together.</summary>
public enum DriftPeriod
{
    /// <summary>As many as <see cref="DriftRule.Window"/> says, however long they take.</summary>
    Count,

    /// <summary>Those of a day, in UTC.</summary>
    Day,

    /// <summary>Those of a week, from Monday, in UTC.</summary>
    Week,

    /// <summary>Those of a month, in UTC.</summary>
    Month,
}

/// <summary>When a product's data counts as drifted: a test must be significant, and its effect must be of this size.</summary>
public sealed record DriftRule
{
    /// <summary>Holds where a product file says nothing.</summary>
    public static DriftRule Default { get; } = new();

    /// <summary>
    /// The probability that data which never changes ever alarms: in one comparison of two files, and over all windows of a model
    /// together.
    /// </summary>
    public double Level { get; init; } = 0.01;

    /// <summary>What is done about the number of tests.</summary>
    public TestCorrection Correction { get; init; } = TestCorrection.Holm;

    /// <summary>Smallest population stability index that alarms; 0.1 is the usual "look at it", 0.25 the usual "act".</summary>
    public double Stability { get; init; } = 0.1;

    /// <summary>Smallest difference of means or shares that alarms, in standard deviations (Cohen's d).</summary>
    public double StandardisedDifference { get; init; } = 0.2;

    /// <summary>Smallest Cramer's V that alarms.</summary>
    public double CramersV { get; init; } = 0.1;

    /// <summary>Smallest Cliff's delta that alarms, 0 to 1.</summary>
    public double CliffsDelta { get; init; } = 0.147;

    /// <summary>What a window is.</summary>
    public DriftPeriod Period { get; init; } = DriftPeriod.Count;

    /// <summary>Decisions of a window, where windows are counted.</summary>
    public int Window { get; init; } = 1_000;
}
