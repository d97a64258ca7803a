using System.Buffers;
using System.Runtime.CompilerServices;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.Batch;

/// <summary>
/// Scores blocks of 256 rows. The block's values become columns of bytes once; then each tree is a <see cref="BlendProgram"/>
/// over vectors of leaf numbers, with no branch that depends on a row; then each row adds its leaves' values.
/// The scratch memory of a block, in this order:
/// <code>
///  leaf numbers   256 x 32 bytes   number i, 32 times
///  slots            9 x 256        the program's
///  results          4 x 256        the leaves of up to four trees
///  numbers          N x 256        ranks, top bit flipped
///  categories   4 x C x 256        code / 8, then the bit of code % 8; or codes of four bytes, of a large column
/// </code>
/// Same bits as the reference: every row has its own sum, and takes tree after tree in file order; four trees at a time
/// only spares reading and writing the sum.
/// </summary>
internal abstract unsafe class ByteBlend : IBlockKernel
{
    protected const int Rows = 256;
    protected const int Together = 4;
    private const int LeafBytes = 32;
    private const int SlotStart = BlendProgram.MostLeaves * LeafBytes;
    private const int ResultStart = SlotStart + (BlendProgram.Slots * Rows);
    private const int ColumnStart = ResultStart + (Together * Rows);
    private const int CategoryBytes = sizeof(int);
    private const int Alignment = 64;
    private readonly BlendOperation[] _operations;
    private readonly int[] _starts;
    private readonly double[] _leafValues;
    private readonly int[] _firstLeaves;
    private readonly CategoryColumn[] _categories;
    private readonly int _numberCount;
    private readonly int _featureCount;
    private readonly int _outputsPerRow;
    private readonly int _mostLeaves;

    protected ByteBlend(RankedForest forest, BlendProgram program, int outputsPerRow)
    {
        _outputsPerRow = outputsPerRow;
        Sets = forest.Sets;
        _starts = program.Starts;
        _featureCount = forest.FeatureCount;
        _numberCount = forest.Numbers.Length;
        _categories = forest.Categories;
        _mostLeaves = forest.MostLeaves;
        _leafValues = new double[forest.LeafValues.Sum(static values => values.Length)];
        _firstLeaves = new int[forest.LeafValues.Length];
        _operations = new BlendOperation[program.Steps.Length];
        for (int tree = 0, leaf = 0; tree < _firstLeaves.Length; leaf += forest.LeafValues[tree++].Length)
        {
            _firstLeaves[tree] = leaf;
            forest.LeafValues[tree].CopyTo(_leafValues, leaf);
            for (var i = _starts[tree]; i < _starts[tree + 1]; i++)
            {
                var isRoot = i == _starts[tree + 1] - 1;
                _operations[i] = Operation(program.Steps[i], isRoot ? ResultStart + (tree % Together * Rows) : null);
            }
        }
    }

    public int BlockRows => Rows;

    /// <summary>Sets of codes that go left; see <see cref="CodeSets"/>.</summary>
    protected byte[] Sets { get; }

    public void AddTo(Span<double> outputs, ReadOnlySpan<double> rows, TreeRange range)
    {
        var count = rows.Length / _featureCount;
        var rented = ArrayPool<byte>.Shared.Rent(Alignment + ColumnStart + ((_numberCount + (CategoryBytes * _categories.Length)) * Rows));
        fixed (byte* memory = rented)
        fixed (double* values = rows, sums = outputs)
        {
            var scratch = (byte*)(((nuint)memory + Alignment - 1) & ~(nuint)(Alignment - 1));
            for (var leaf = 0; leaf < _mostLeaves; leaf++)
            {
                new Span<byte>(scratch + (leaf * LeafBytes), LeafBytes).Fill((byte)leaf);
            }

            RankNumbers(values, _featureCount, count, scratch + ColumnStart);
            CodeCategories(values, count, scratch + ColumnStart + (_numberCount * Rows));
            AddTrees(sums, count, scratch, range);
        }

        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Writes the ranks of rows, column after column.</summary>
    protected abstract void RankNumbers(double* rows, int stride, int count, byte* columns);

    /// <summary>Runs the operations of a tree over the first rows of a block; rows beyond them may be written too.</summary>
    protected abstract void Blend(byte* scratch, ReadOnlySpan<BlendOperation> tree, int count);

    /// <summary>A step over a large column's codes, row by row.</summary>
    protected void LookUpLarge(byte* scratch, in BlendOperation step, int count)
    {
        byte* left = scratch + step.Left, right = scratch + step.Right, target = scratch + step.Target;
        var codes = (int*)(scratch + step.Column);
        for (var row = 0; row < count; row++)
        {
            target[row] = CodeSets.HasLarge(Sets, step.Set, codes[row]) ? left[row & step.LeftMask] : right[row & step.RightMask];
        }
    }

    private BlendOperation Operation(BlendStep step, int? result)
    {
        var category = step.Column - _numberCount;
        var column = category < 0 ? step.Column : _numberCount + (CategoryBytes * category);
        return new()
        {
            Left = Source(step.Left),
            LeftMask = step.Left < 0 ? 0 : -1,
            Right = Source(step.Right),
            RightMask = step.Right < 0 ? 0 : -1,
            Target = result ?? Source(step.Target),
            Column = ColumnStart + (column * Rows),
            Threshold = (sbyte)(step.Threshold ^ 0x80),
            Shift = (sbyte)step.Shift,
            Set = step.Set,
            IsLarge = category >= 0 && _categories[category].IsLarge,
        };
    }

    private static int Source(int source) => source < 0 ? ~source * LeafBytes : SlotStart + (source * Rows);

    private void CodeCategories(double* rows, int count, byte* columns)
    {
        foreach (var category in _categories)
        {
            var value = rows + category.Feature;
            for (var row = 0; row < count; row++, value += _featureCount)
            {
                var code = category.Code(*value);
                if (category.IsLarge)
                {
                    ((int*)columns)[row] = code;
                    continue;
                }

                columns[row] = (byte)(code >> 3);
                columns[Rows + row] = (byte)(1 << (code & 7));
            }

            columns += CategoryBytes * Rows;
        }
    }

    private void AddTrees(double* sums, int count, byte* scratch, TreeRange range)
    {
        var results = scratch + ResultStart;
        var first = range.First;
        for (var tree = range.First; tree < range.End; tree++)
        {
            var steps = _operations.AsSpan(_starts[tree].._starts[tree + 1]);
            if (steps.IsEmpty)
            {
                new Span<byte>(results + (tree % Together * Rows), Rows).Clear();
            }
            else
            {
                Blend(scratch, steps, count);
            }

            if (tree % Together == Together - 1 || tree == range.End - 1)
            {
                AddLeaves(sums, count, results, first, tree + 1);
                first = tree + 1;
            }
        }
    }

    private void AddLeaves(double* sums, int count, byte* results, int first, int end)
    {
        fixed (double* values = _leafValues)
        {
            if (_outputsPerRow == 1 && end - first == Together)
            {
                AddFour(sums, count, results, values, first);
                return;
            }

            for (var tree = first; tree < end; tree++)
            {
                var leaves = results + (tree % Together * Rows);
                var own = values + _firstLeaves[tree];
                var sum = sums + (tree % _outputsPerRow);
                for (var row = 0; row < count; row++, sum += _outputsPerRow)
                {
                    *sum += own[leaves[row]];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddFour(double* sums, int count, byte* results, double* values, int first)
    {
        double* a = values + _firstLeaves[first], b = values + _firstLeaves[first + 1],
        c = values + _firstLeaves[first + 2], d = values + _firstLeaves[first + 3];
        for (var row = 0; row < count; row++)
        {
            var leaves = results + row;
            sums[row] = sums[row] + a[leaves[0]] + b[leaves[Rows]] + c[leaves[2 * Rows]] + d[leaves[3 * Rows]];
        }
    }
}

/// <summary>
/// A step of a program with places in the scratch memory. A leaf's number is read from one place again and again: its mask is 0.
/// </summary>
internal struct BlendOperation
{
    public int Left;
    public int LeftMask;
    public int Right;
    public int RightMask;
    public int Target;
    public int Column;
    public int Set;
    public bool IsLarge;
    public sbyte Threshold;
    public sbyte Shift;
}
