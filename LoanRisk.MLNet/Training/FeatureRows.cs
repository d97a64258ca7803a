using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Tables;
using LoanRisk.Trees.Training;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Training;

/// <summary>
/// Rows of the engine's feature matrix as ML.NET's trainer reads them: numbers in single precision, categories as one-hot blocks.
/// </summary>
internal static class FeatureRows
{
    public const string Features = "Features";

    public const string Label = "Label";

    public const string Weight = "Weight";

    /// <summary>The rows of a table.</summary>
    public static RowTable Of(TrainingTable table, InputSchema schema)
    {
        List<RowColumn> columns =
        [
            new RowColumn<bool>(Label, BooleanDataViewType.Instance, (int row, ref bool value) => value = table.Labels[row] > 0),
            new RowColumn<VBuffer<float>>(
                Features,
                new VectorDataViewType(NumberDataViewType.Single, schema.SlotCount),
                (int row, ref VBuffer<float> value) => Fill(table, schema, row, ref value),
                Blocks(schema)),
        ];
        if (table.Weights is { } weights)
        {
            columns.Add(new RowColumn<float>(Weight, NumberDataViewType.Single, (int row, ref float value) => value = weights[row]));
        }

        return new RowTable(table.RowCount, columns);
    }

    private static void Fill(TrainingTable table, InputSchema schema, int row, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, schema.SlotCount);
        editor.Values.Clear();
        for (var column = 0; column < schema.Columns.Length; column++)
        {
            var cell = table.Columns[column][row];
            var first = schema.FirstSlot(column);
            if (schema.Columns[column].Kind != ColumnKind.Category)
            {
                editor.Values[first] = (float)cell;
            }
            else if (cell >= 0 && cell < schema.Columns[column].SlotCount)
            {
                editor.Values[first + (int)cell] = 1;
            }
        }

        value = editor.Commit();
    }

    // ML.NET makes one column of categories of each block that this names, and LightGBM so sees the feature row's columns, in its order.
    private static DataViewSchema.Annotations? Blocks(InputSchema schema)
    {
        int[] ends =
        [
            .. Enumerable.Range(0, schema.Columns.Length)
                .Where(column => schema.Columns[column].Kind == ColumnKind.Category)
                .SelectMany(column => new[] { schema.FirstSlot(column), schema.FirstSlot(column) + schema.Columns[column].SlotCount - 1 }),
        ];
        if (ends.Length == 0)
        {
            return null;
        }

        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add<VBuffer<int>>(
            "CategoricalSlotRanges",
            new VectorDataViewType(NumberDataViewType.Int32, ends.Length / 2, 2),
            (ref VBuffer<int> value) => value = new VBuffer<int>(ends.Length, ends));
        return builder.ToAnnotations();
    }
}
