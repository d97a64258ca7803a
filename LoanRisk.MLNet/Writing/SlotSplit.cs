using System.Collections.Immutable;

namespace LoanRisk.MLNet.Writing;

/// <summary>Where missing values go at a split of ML.NET's.</summary>
internal enum MissingSide
{
    /// <summary>There are none.</summary>
    None,

    /// <summary>Left.</summary>
    Left,

    /// <summary>Right.</summary>
    Right,
}

/// <summary>A split over ML.NET's feature vector.</summary>
/// <param name="Slot">The slot that is compared; of a set, the first of its column.</param>
internal readonly record struct SlotSplit(int Slot)
{
    private const float AboveAllSlots = 2;

    private const float BelowAllSlots = -1;

    /// <summary>A slot's number goes left when it is not above this.</summary>
    public float Threshold { get; init; }

    /// <summary>Where a missing number goes.</summary>
    public MissingSide Missing { get; init; }

    /// <summary>Categories that go left, rising; default for a comparison.</summary>
    public ImmutableArray<int> Set { get; init; }

    /// <summary>Left and right are swapped against the engine's.</summary>
    public bool IsSwapped { get; init; }

    /// <summary>A split that sends every row of a column of categories to one side; its slots hold 0 or 1.</summary>
    public static SlotSplit ToOneSide(int slot, bool left) => new(slot) { Threshold = left ? AboveAllSlots : BelowAllSlots };
}
