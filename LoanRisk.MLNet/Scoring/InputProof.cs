using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Rows;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Scoring;

/// <summary>
/// Shows that a loaded model makes ML.NET's feature vector of the input columns as it should: every level, any other text, missing values
/// and numbers go through it.
/// </summary>
internal static class InputProof
{
    /// <summary>Compares the vectors.</summary>
    /// <param name="input">The transformers before the trees.</param>
    /// <param name="schema">The input columns.</param>
    /// <exception cref="ZipMismatchException">A vector is another one; the message names the column.</exception>
    public static void Check(ITransformer input, InputSchema schema)
    {
        var numbers = schema.Columns.Select(_ => FloatColumn.Free);
        var open = new InputSchema(schema.Columns.Select(column => column with { MayBeMissing = true, MayBeUnseen = true }));
        var count = schema.Columns.Max(column => column.Levels.Length) + 2;
        var rows = Enumerable.Range(0, count).Select(i => Row(i, schema)).ToList();
        var vectors = input.Transform(new RowsView(open, [.. numbers], rows)).GetColumn<VBuffer<float>>("Features");
        foreach (var (row, vector) in rows.Zip(vectors))
        {
            Check(row, [.. vector.DenseValues()], schema);
        }
    }

    // Row i holds the i-th level of each column, then missing, then a category that is none of them.
    private static double[] Row(int i, InputSchema schema) =>
        [.. schema.Columns.Select((column, place) => column.Kind switch
        {
            ColumnKind.Number => i == 0 ? double.NaN : Number(column.Largest, i + (place / 1024.0)),
            ColumnKind.Rank => i < column.Levels.Length ? i : double.NaN,
            _ => i < column.Levels.Length ? i : i == column.Levels.Length ? double.NaN : column.Levels.Length,
        })];

    // A float of its own for each row and column that can stand in the column.
    private static double Number(double largest, double step)
    {
        var value = (float)(Math.Floor(Math.Min(0, largest)) - 1 - step);
        return value <= largest ? value : MathF.BitDecrement(value);
    }

    private static void Check(double[] row, float[] vector, InputSchema schema)
    {
        if (vector.Length != schema.SlotCount)
        {
            throw new ZipMismatchException($"The zip makes {vector.Length} slots of a row; the columns have {schema.SlotCount}.");
        }

        for (var slot = 0; slot < vector.Length; slot++)
        {
            var place = schema.ColumnOf(slot);
            var column = schema.Columns[place];
            var expected = column.Kind == ColumnKind.Category
                ? (row[place] == slot - schema.FirstSlot(place) ? 1 : 0)
                : (float)row[place];
            if (!vector[slot].Equals(expected))
            {
                throw new ZipMismatchException($"The zip makes {vector[slot]} of {column.Name} {row[place]}; it must make {expected}.");
            }
        }
    }
}
