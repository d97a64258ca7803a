using System.Collections.Immutable;

namespace LoanRisk.MLNet.Columns;

/// <summary>A column of an ML.NET model's input: one value of a feature row, before it is a number.</summary>
/// <param name="Name">Its name, that of the feature.</param>
/// <param name="Kind">What stands in it and what it becomes.</param>
public sealed record InputColumn(string Name, ColumnKind Kind)
{
    /// <summary>The texts of the levels, in the order of their codes 0, 1, ...; empty for numbers.</summary>
    public ImmutableArray<string> Levels { get; init; } = [];

    /// <summary>
    /// The largest number that can stand in the column; infinite where nothing bounds it. ML.NET can part missing from all numbers only
    /// below 2^24.
    /// </summary>
    public double Largest { get; init; } = double.PositiveInfinity;

    /// <summary>The value may be missing. Counts for categories alone: there ML.NET cannot tell missing from unseen.</summary>
    public bool MayBeMissing { get; init; } = true;

    /// <summary>
    /// A category may be none of the levels; its code in a feature row is then the number of levels. Counts for categories alone, for a
    /// rank that is none of the levels is missing.
    /// </summary>
    public bool MayBeUnseen { get; init; } = true;

    /// <summary>Places of the column in ML.NET's feature vector: one a level for categories, else one.</summary>
    public int SlotCount => Kind == ColumnKind.Category ? Levels.Length : 1;
}
