using LoanRisk.Trees;

namespace LoanRisk.Lending.Evaluation.Monotonicity;

/// <summary>The two leaves of a tree that break a direction most, and a row that leads to either.</summary>
/// <param name="By">How far the leaf of the lower value lies above that of the higher one, in the direction's sense.</param>
/// <param name="Low">The lowest value of the feature that leads to the first leaf.</param>
/// <param name="High">The highest that leads to the second.</param>
/// <param name="Values">Values of the tree's other features.</param>
internal sealed record BrokenTree(double By, double Low, double High, IReadOnlyList<(int Feature, double Value)> Values)
{
    /// <summary>Looks at every pair of leaves; null when all keep the direction.</summary>
    public static BrokenTree? Of(Tree tree, int feature, int direction)
    {
        var boxes = new LeafBoxes(tree);
        var place = Array.BinarySearch(boxes.Features, feature);
        var cells = Enumerable.Range(0, tree.LeafCount).Select(leaf => boxes.Numbers(leaf, place)).ToArray();
        var (most, lowLeaf, highLeaf) = (0.0, -1, -1);
        for (var low = 0; low < tree.LeafCount; low++)
        {
            for (var high = 0; high < tree.LeafCount; high++)
            {
                var by = direction * (tree.LeafValue[low] - tree.LeafValue[high]);
                if (by > most && cells[low].Lowest >= 0 && cells[low].Lowest < cells[high].Highest && boxes.MeetApartFrom(place, low, high))
                {
                    (most, lowLeaf, highLeaf) = (by, low, high);
                }
            }
        }

        var values = boxes.Cells[place].Values;
        return lowLeaf < 0
            ? null
            : new BrokenTree(
                most, values[cells[lowLeaf].Lowest], values[cells[highLeaf].Highest], [.. boxes.ValuesApartFrom(place, lowLeaf, highLeaf)]);
    }
}
