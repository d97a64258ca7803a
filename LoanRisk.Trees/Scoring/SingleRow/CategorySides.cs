using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>
/// The decisions of all categorical nodes, one byte a block with the bit of every node that goes right. A column of few
/// categories has such a byte for each code and block, and a row's bytes for a block are joined with OR. Of a column of
/// many categories each node asks its own set.
/// </summary>
internal sealed unsafe class CategorySides
{
    private const long MostBytes = 1 << 24;
    private readonly CategoryColumn[] columns;
    private readonly byte[][] tables;
    private readonly RankedForest forest;
    private readonly Question[] questions = [];
    private readonly int[] firstQuestions = [];
    private readonly int firstCount;
    private readonly int blockCount;

    public CategorySides(RankedForest forest, DecisionBlocks blocks)
    {
        columns = forest.Categories;
        this.forest = forest;
        firstCount = blocks.FirstCount;
        blockCount = blocks.FirstCount + blocks.FurtherCount;
        tables = [.. columns.Select(_ => Array.Empty<byte>())];
        var room = MostBytes;
        foreach (var (column, i) in columns.Select(static (column, i) => (column, i)).OrderBy(static pair => pair.column.CodeCount))
        {
            var bytes = (long)column.CodeCount * blockCount;
            tables[i] = column.IsLarge || bytes > room ? [] : new byte[bytes];
            room -= tables[i].Length;
        }

        var asked = new List<(int Block, Question Question)>();
        foreach (var (block, bit, node) in blocks.CategoricalNodes)
        {
            var column = node.Column - forest.Numbers.Length;
            if (tables[column].Length == 0)
            {
                asked.Add((block, new(column, node, bit)));
            }
            else
            {
                Fill(tables[column], node, block, bit);
            }
        }

        if (asked.Count > 0)
        {
            firstQuestions = new int[blockCount + 1];
            asked.ForEach(ask => firstQuestions[ask.Block + 1]++);
            for (var block = 0; block < blockCount; block++)
            {
                firstQuestions[block + 1] += firstQuestions[block];
            }

            questions = [.. asked.OrderBy(static ask => ask.Block).Select(static ask => ask.Question)];
        }
    }

    private readonly record struct Question(int Column, RankedNode Node, byte Bit);

    public int ColumnCount => columns.Length;

    /// <summary>The codes of a row.</summary>
    public void Code(double* row, int* codes)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            codes[i] = columns[i].Code(row[columns[i].Feature]);
        }
    }

    /// <summary>The bytes of so many first blocks.</summary>
    public void OfFirst(int* codes, int first, int count, byte* joined)
    {
        new Span<byte>(joined, count).Clear();
        for (var column = 0; column < tables.Length; column++)
        {
            if (tables[column].Length > 0)
            {
                fixed (byte* table = tables[column])
                {
                    Join(table + ((nint)codes[column] * blockCount) + first, joined, count);
                }
            }
        }

        for (var i = 0; questions.Length > 0 && i < count; i++)
        {
            joined[i] |= Asked(codes, first + i);
        }
    }

    /// <summary>The byte of a further block.</summary>
    public byte OfFurther(int* codes, int number)
    {
        var block = firstCount + number;
        var joined = questions.Length > 0 ? Asked(codes, block) : 0;
        for (var column = 0; column < tables.Length; column++)
        {
            if (tables[column].Length > 0)
            {
                joined |= tables[column][(codes[column] * blockCount) + block];
            }
        }

        return (byte)joined;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Join(byte* from, byte* joined, int count)
    {
        var i = 0;
        for (; i + Vector256<byte>.Count <= count; i += Vector256<byte>.Count)
        {
            (Vector256.Load(joined + i) | Vector256.Load(from + i)).Store(joined + i);
        }

        for (; i < count; i++)
        {
            joined[i] |= from[i];
        }
    }

    private byte Asked(int* codes, int block)
    {
        var right = 0;
        for (var i = firstQuestions[block]; i < firstQuestions[block + 1]; i++)
        {
            ref readonly var question = ref questions[i];
            right |= forest.IsLeft(question.Node, codes[question.Column]) ? 0 : question.Bit;
        }

        return (byte)right;
    }

    private void Fill(byte[] table, RankedNode node, int block, byte bit)
    {
        for (int code = 0, place = block; place < table.Length; code++, place += blockCount)
        {
            table[place] |= forest.IsLeft(node, code) ? (byte)0 : bit;
        }
    }
}
