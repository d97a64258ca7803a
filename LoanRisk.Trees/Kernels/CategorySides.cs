using System.Runtime.Intrinsics;

namespace LoanRisk.Trees.Kernels;

/// <summary>
/// The decisions of all categorical nodes, found by code: for each code of each category column one word a tree, with the
/// bit of every node of that column that sends the code right. A row's words for a tree are joined with OR.
/// </summary>
internal sealed unsafe class CategorySides
{
    private const long MostBytes = 1 << 24;
    private readonly CategoryColumn[] columns;
    private readonly uint[][] words;
    private readonly int treeCount;

    private CategorySides(RankedForest forest)
    {
        columns = forest.Categories;
        treeCount = forest.Trees.Length;
        words = [.. columns.Select((column, i) => Words(forest, forest.Numbers.Length + i, column.CodeCount))];
    }

    public int ColumnCount => columns.Length;

    /// <summary>Lays out the categorical nodes of trees with at most 32 nodes; null when the words would take too much memory.</summary>
    public static CategorySides? Of(RankedForest forest) =>
        forest.Categories.Sum(column => (long)column.CodeCount * forest.Trees.Length * sizeof(uint)) > MostBytes ? null : new(forest);

    /// <summary>The codes of a row, as places in the words.</summary>
    public void Code(double* row, int* places)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            places[i] = columns[i].Code(row[columns[i].Feature]) * treeCount;
        }
    }

    /// <summary>The joined words of a range of trees.</summary>
    public void Gather(int* places, int first, int end, uint* joined)
    {
        var count = end - first;
        new Span<uint>(joined, count).Clear();
        for (var column = 0; column < columns.Length; column++)
        {
            fixed (uint* start = words[column])
            {
                Join(start + places[column] + first, joined, count);
            }
        }
    }

    private static void Join(uint* from, uint* joined, int count)
    {
        var i = 0;
        for (; i + Vector256<uint>.Count <= count; i += Vector256<uint>.Count)
        {
            (Vector256.Load(joined + i) | Vector256.Load(from + i)).Store(joined + i);
        }

        for (; i < count; i++)
        {
            joined[i] |= from[i];
        }
    }

    private static uint[] Words(RankedForest forest, int column, int codes)
    {
        var table = new uint[codes * forest.Trees.Length];
        for (var tree = 0; tree < forest.Trees.Length; tree++)
        {
            var nodes = forest.Trees[tree];
            for (var node = 0; node < nodes.Length; node++)
            {
                for (var code = 0; nodes[node].Column == column && code < codes; code++)
                {
                    table[(code * forest.Trees.Length) + tree] |= forest.IsLeft(nodes[node].Set, code) ? 0 : 1u << node;
                }
            }
        }

        return table;
    }
}
