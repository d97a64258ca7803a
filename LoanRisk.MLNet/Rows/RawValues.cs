using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;
using Microsoft.ML;

namespace LoanRisk.MLNet.Rows;

/// <summary>The input columns of one row as ML.NET reads them: floats, and levels as their texts. Of one thread at a time.</summary>
internal sealed class RawValues
{
    private readonly InputSchema _schema;
    private readonly ImmutableArray<FloatColumn> _numbers;
    private readonly float[] _floats;
    private readonly int[] _codes;
    private readonly ReadOnlyMemory<char>[][] _levels;

    /// <param name="schema">The columns.</param>
    /// <param name="numbers">How numbers become floats, one a column.</param>
    public RawValues(InputSchema schema, ImmutableArray<FloatColumn> numbers)
    {
        (_schema, _numbers) = (schema, numbers);
        _floats = new float[schema.Columns.Length];
        _codes = new int[schema.Columns.Length];
        _levels = [.. schema.Columns.Select(c => c.Levels.Select(level => level.AsMemory()).ToArray())];
    }

    /// <summary>Takes the values of a feature row: numbers, ranks, category codes, NaN for missing.</summary>
    /// <exception cref="ArgumentException">A value cannot stand in its column.</exception>
    public void Set(ReadOnlySpan<double> row)
    {
        if (row.Length != _floats.Length)
        {
            throw new ArgumentException($"has {row.Length} values, the model has {_floats.Length} columns", nameof(row));
        }

        for (var i = 0; i < row.Length; i++)
        {
            Set(i, row);
        }
    }

    /// <summary>The number in a column.</summary>
    public float Number(int column) => _floats[column];

    /// <summary>The place of a column's level; -1 for none of them.</summary>
    public int Level(int column) => _codes[column];

    /// <summary>Reads the value that a column has now.</summary>
    public Delegate Getter(int column) => _schema.Columns[column].Kind == ColumnKind.Number
        ? (ValueGetter<float>)((ref float value) => value = _floats[column])
        : (ValueGetter<ReadOnlyMemory<char>>)((ref ReadOnlyMemory<char> value) =>
            value = _codes[column] < 0 ? default : _levels[column][_codes[column]]);

    private void Set(int column, ReadOnlySpan<double> row)
    {
        switch (_schema.Columns[column].Kind)
        {
            case ColumnKind.Number:
                _floats[column] = NumberOf(column, row);
                break;
            case ColumnKind.Rank:
                _codes[column] = RankOf(column, row);
                break;
            default:
                _codes[column] = CategoryOf(column, row);
                break;
        }
    }

    private float NumberOf(int column, ReadOnlySpan<double> row)
    {
        var (value, largest) = (row[column], _schema.Columns[column].Largest);
        return value > largest
            ? throw new ArgumentException(
                $"{_schema.Columns[column].Name} is {value}; the largest value of the column is {largest}.", nameof(row))
            : _numbers[column].Of(value);
    }

    private int RankOf(int column, ReadOnlySpan<double> row)
    {
        var value = row[column];
        if (double.IsNaN(value))
        {
            return -1;
        }

        var levels = _levels[column];
        return value >= 0 && value < levels.Length && value == Math.Floor(value)
            ? (int)value
            : throw new ArgumentException(
                $"{_schema.Columns[column].Name} is {value}; its ranks are 0 to {levels.Length - 1}.", nameof(row));
    }

    // As the engine reads codes: a fraction is cut towards zero, and what is below 0 is no category.
    private int CategoryOf(int column, ReadOnlySpan<double> row)
    {
        var (value, levels) = (row[column], _levels[column]);
        if (value > -1 && value < levels.Length)
        {
            return (int)value;
        }

        return IsOfNoLevel(_schema.Columns[column], value)
            ? -1
            : throw new ArgumentException(
                $"{_schema.Columns[column].Name} is {value}; its codes are 0 to {levels.Length - 1}, {levels.Length} for any other where "
                    + "there may be another, and NaN where it may be missing.",
                nameof(row));
    }

    private static bool IsOfNoLevel(InputColumn column, double value) =>
        value < 0 || (double.IsNaN(value) ? column.MayBeMissing : column.MayBeUnseen && value <= column.Levels.Length);
}
