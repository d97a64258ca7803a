using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LoanRisk.Trees.Kernels;

/// <summary>
/// The decisions of all categorical nodes, found by code: for each code of each category column one word a block, with the
/// bit of every node of that column that sends the code right. A row's words for a block are joined with OR.
/// </summary>
internal sealed unsafe class CategorySides
{
    private const long MostBytes = 1 << 24;
    private readonly CategoryColumn[] columns;
    private readonly uint[][] words;
    private readonly int blockCount;

    private CategorySides(RankedForest forest, RankedNode[][] blocks)
    {
        columns = forest.Categories;
        blockCount = blocks.Length;
        words = [.. columns.Select((column, i) => Words(forest, blocks, forest.Numbers.Length + i, column.CodeCount))];
    }

    public int ColumnCount => columns.Length;

    /// <summary>Lays out the categorical nodes of blocks of at most 32 nodes; null when the words would take too much memory.</summary>
    public static CategorySides? Of(RankedForest forest, RankedNode[][] blocks) =>
        forest.Categories.Sum(column => (long)column.CodeCount * blocks.Length * sizeof(uint)) > MostBytes ? null : new(forest, blocks);

    /// <summary>The codes of a row, as places in the words.</summary>
    public void Code(double* row, int* places)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            places[i] = columns[i].Code(row[columns[i].Feature]) * blockCount;
        }
    }

    /// <summary>The joined words of a range of blocks.</summary>
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    private static uint[] Words(RankedForest forest, RankedNode[][] blocks, int column, int codes)
    {
        var table = new uint[codes * blocks.Length];
        for (var block = 0; block < blocks.Length; block++)
        {
            var nodes = blocks[block];
            for (var node = 0; node < nodes.Length; node++)
            {
                for (var code = 0; nodes[node].Column == column && code < codes; code++)
                {
                    table[(code * blocks.Length) + block] |= forest.IsLeft(nodes[node].Set, code) ? 0 : 1u << node;
                }
            }
        }

        return table;
    }
}
