using System.Collections.Immutable;

namespace LoanRisk.MLNet.Columns;

/// <summary>
/// The columns of an ML.NET model's input, in the order of the feature row, and where each lies in ML.NET's feature vector.
/// </summary>
public sealed class InputSchema
{
    private readonly int[] _firstSlots;

    /// <summary>Lays the columns out.</summary>
    /// <exception cref="ArgumentException">Two columns have one name, or a column of levels has none.</exception>
    public InputSchema(IEnumerable<InputColumn> columns)
    {
        Columns = [.. columns];
        if (Problem() is { } problem)
        {
            throw new ArgumentException(problem, nameof(columns));
        }

        _firstSlots = new int[Columns.Length + 1];
        for (var i = 0; i < Columns.Length; i++)
        {
            _firstSlots[i + 1] = _firstSlots[i] + Columns[i].SlotCount;
        }
    }

    /// <summary>The columns, one a feature.</summary>
    public ImmutableArray<InputColumn> Columns { get; }

    /// <summary>Length of ML.NET's feature vector.</summary>
    public int SlotCount => _firstSlots[^1];

    /// <summary>The first slot of a column.</summary>
    public int FirstSlot(int column) => _firstSlots[column];

    /// <summary>The column that a slot belongs to.</summary>
    public int ColumnOf(int slot)
    {
        var found = Array.BinarySearch(_firstSlots, slot);
        if (found < 0)
        {
            return ~found - 1;
        }

        // Columns have at least one slot each, so a first slot belongs to one column.
        return found;
    }

    private string? Problem()
    {
        if (Columns.GroupBy(c => c.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            return $"Two columns are called {twice.Key}; names must differ.";
        }

        return Columns.FirstOrDefault(c => c.Kind != ColumnKind.Number && c.Levels.IsEmpty) is { } empty
            ? $"Column {empty.Name} has no levels; a column of levels has at least one."
            : null;
    }
}
