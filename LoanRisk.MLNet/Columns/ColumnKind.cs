namespace LoanRisk.MLNet.Columns;

/// <summary>What stands in an input column and what it becomes in the feature row.</summary>
public enum ColumnKind
{
    /// <summary>A number in single precision; NaN is missing.</summary>
    Number,

    /// <summary>A text that becomes its place among the levels; any other text is missing, NaN.</summary>
    Rank,

    /// <summary>
    /// A text that becomes the category of its place among the levels, one slot a level for ML.NET; any other text, and missing, is none of
    /// them.
    /// </summary>
    Category,
}
