using LoanRisk.MLNet.Columns;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace LoanRisk.MLNet.Rows;

/// <summary>The columns of a model's input as ML.NET describes them: single precision for numbers, text for levels.</summary>
internal static class RawSchema
{
    public static DataViewSchema Of(InputSchema schema)
    {
        var builder = new DataViewSchema.Builder();
        foreach (var column in schema.Columns)
        {
            builder.AddColumn(column.Name, column.Kind == ColumnKind.Number ? NumberDataViewType.Single : TextDataViewType.Instance);
        }

        return builder.ToSchema();
    }
}
