using System.Collections.Immutable;
using LoanRisk.MLNet.Columns;

namespace LoanRisk.MLNet.Reading;

/// <summary>What a place of ML.NET's feature vector holds.</summary>
/// <param name="Column">The column of the feature row.</param>
/// <param name="Category">The category that the slot is 1 for; null where it holds the column's number.</param>
public readonly record struct Slot(int Column, int? Category)
{
    /// <summary>
    /// What the slot holds for each rank, rising; empty where it holds the rank itself, or a number. A threshold then stands between two
    /// ranks.
    /// </summary>
    public ImmutableArray<float> RankValues { get; init; } = [];

    /// <summary>The threshold over the column's number that parts it as a threshold over the slot does.</summary>
    internal double Threshold(float overSlot) => RankValues.IsEmpty ? overSlot : RankValues.Count(value => value <= overSlot) - 1;

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
