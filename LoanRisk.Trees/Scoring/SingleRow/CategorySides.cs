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
    private readonly CategoryColumn[] _columns;
    private readonly byte[][] _tables;
    private readonly RankedForest _forest;
    private readonly Question[] _questions = [];
    private readonly int[] _firstQuestions = [];
    private readonly int _firstCount;
    private readonly int _blockCount;

    public CategorySides(RankedForest forest, DecisionBlocks blocks)
    {
        _columns = forest.Categories;
        _forest = forest;
        _firstCount = blocks.FirstCount;
        _blockCount = blocks.FirstCount + blocks.FurtherCount;
        _tables = [.. _columns.Select(_ => Array.Empty<byte>())];
        var room = MostBytes;
        foreach (var (column, i) in _columns.Select(static (column, i) => (column, i)).OrderBy(static pair => pair.column.CodeCount))
        {
            var bytes = (long)column.CodeCount * _blockCount;
            _tables[i] = column.IsLarge || bytes > room ? [] : new byte[bytes];
            room -= _tables[i].Length;
        }

        var asked = new List<(int Block, Question Question)>();
        foreach (var (block, bit, node) in blocks.CategoricalNodes)
        {
            var column = node.Column - forest.Numbers.Length;
            if (_tables[column].Length == 0)
            {
                asked.Add((block, new(column, node, bit)));
            }
            else
            {
                Fill(_tables[column], node, block, bit);
            }
        }

        if (asked.Count > 0)
        {
            _firstQuestions = new int[_blockCount + 1];
            asked.ForEach(ask => _firstQuestions[ask.Block + 1]++);
            for (var block = 0; block < _blockCount; block++)
            {
                _firstQuestions[block + 1] += _firstQuestions[block];
            }

            _questions = [.. asked.OrderBy(static ask => ask.Block).Select(static ask => ask.Question)];
        }
    }

    private readonly record struct Question(int Column, RankedNode Node, byte Bit);

    public int ColumnCount => _columns.Length;

    /// <summary>The codes of a row.</summary>
    public void Code(double* row, int* codes)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            codes[i] = _columns[i].Code(row[_columns[i].Feature]);
        }
    }

    /// <summary>The bytes of so many first blocks.</summary>
    public void OfFirst(int* codes, int first, int count, byte* joined)
    {
        new Span<byte>(joined, count).Clear();
        for (var column = 0; column < _tables.Length; column++)
        {
            if (_tables[column].Length > 0)
            {
                fixed (byte* table = _tables[column])
                {
                    Join(table + ((nint)codes[column] * _blockCount) + first, joined, count);
                }
            }
        }

        for (var i = 0; _questions.Length > 0 && i < count; i++)
        {
            joined[i] |= Asked(codes, first + i);
        }
    }

    /// <summary>The byte of a further block.</summary>
    public byte OfFurther(int* codes, int number)
    {
        var block = _firstCount + number;
        var joined = _questions.Length > 0 ? Asked(codes, block) : 0;
        for (var column = 0; column < _tables.Length; column++)
        {
            if (_tables[column].Length > 0)
            {
                joined |= _tables[column][(codes[column] * _blockCount) + block];
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
        for (var i = _firstQuestions[block]; i < _firstQuestions[block + 1]; i++)
        {
            ref readonly var question = ref _questions[i];
            right |= _forest.IsLeft(question.Node, codes[question.Column]) ? 0 : question.Bit;
        }

        return (byte)right;
    }

    private void Fill(byte[] table, RankedNode node, int block, byte bit)
    {
        for (int code = 0, place = block; place < table.Length; code++, place += _blockCount)
        {
            table[place] |= _forest.IsLeft(node, code) ? (byte)0 : bit;
        }
    }
}
