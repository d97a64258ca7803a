using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;

namespace LoanRisk.MLNet.Reading;

/// <summary>What a place of ML.NET's feature vector holds.</summary>
/// <param name="Column">The column of the feature row.</param>
/// <param name="Category">The category that the slot is 1 for; null where it holds the column's number.</param>
public readonly record struct Slot(int Column, int? Category)
{
    /// <summary>The slots of a schema, as this program lays them out.</summary>
    public static ImmutableArray<Slot> Of(InputSchema schema) =>
    [
        .. Enumerable.Range(0, schema.SlotCount).Select(slot =>
        {
            var column = schema.ColumnOf(slot);
            return new Slot(
                column, schema.Columns[column].Kind == ColumnKind.Category ? slot - schema.FirstSlot(column) : null);
        }),
    ];
}
