namespace LoanRisk.Trees.Explaining.Batch;

/// <summary>Rows of a block, two vectors of rows a group.</summary>
/// <param name="rows">The rows as they are.</param>
/// <param name="columns">Group after group, column after column, a value a row; places without a row repeat the last one.</param>
internal readonly unsafe ref struct ShapGroups(double* rows, double* columns)
{
    /// <summary>The rows as they are.</summary>
    public double* Rows { get; } = rows;

    /// <summary>Rows there are.</summary>
    public required int RowCount { get; init; }

    public required int Count { get; init; }

    /// <summary>Group after group, column after column, a value a row; places without a row repeat the last one.</summary>
    public double* Columns { get; } = columns;

    /// <summary>Doubles of a group's columns.</summary>
    public required int ColumnWidth { get; init; }

    /// <summary>Doubles of a group's contributions.</summary>
    public required int ContributionWidth { get; init; }
}
