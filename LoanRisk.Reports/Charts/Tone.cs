namespace LoanRisk.Reports.Charts;

/// <summary>What a mark of a chart stands for; its colour and dashes follow from it.</summary>
public enum Tone
{
    /// <summary>The model or quantity the chart is about.</summary>
    Main,

    /// <summary>The model before, drawn faint behind.</summary>
    Previous,

    /// <summary>A simpler model to be held against.</summary>
    Baseline,

    /// <summary>What chance, or perfection, would draw.</summary>
    Chance,

    /// <summary>Good loans, or lower risk.</summary>
    Good,

    /// <summary>Bad loans, or higher risk.</summary>
    Bad,
}

/// <summary>Names of tones in style sheets.</summary>
public static class ToneNames
{
    /// <summary>The class of the style sheet.</summary>
    public static string CssClass(this Tone tone) => tone.ToString().ToLowerInvariant();
}
