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

    /// <summary>Places of the column in ML.NET's feature vector: one a level for categories, else one.</summary>
    public int SlotCount => Kind == ColumnKind.Category ? Levels.Length : 1;
}
