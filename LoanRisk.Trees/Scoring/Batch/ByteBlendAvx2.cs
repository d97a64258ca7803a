using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.Batch;

/// <summary><see cref="ByteBlend"/> with AVX2: 32 rows an instruction.</summary>
internal sealed unsafe class ByteBlendAvx2(RankedForest forest, BlendProgram program, int outputsPerRow)
    : ByteBlend(forest, program, outputsPerRow)
{
    private readonly RankSearchAvx2 _search = new(forest.Numbers);
    private readonly int _columnCount = forest.Numbers.Length;

    protected override void RankNumbers(double* rows, int stride, int count, byte* columns)
    {
        for (var column = 0; column < _columnCount; column++)
        {
            _search.RankColumn(column, rows, stride, count, columns + (column * Rows));
        }
    }

    protected override void Blend(byte* scratch, ReadOnlySpan<BlendOperation> tree, int count)
    {
        fixed (BlendOperation* first = tree)
        fixed (byte* sets = Sets)
        {
            var end = first + tree.Length;
            for (var step = first; step < end; step++)
            {
                if (step->Set < 0)
                {
                    Compare(scratch, step, count);
                }
                else if (step->IsLarge)
                {
                    LookUpLarge(scratch, in *step, count);
                }
                else
                {
                    LookUp(scratch, step, sets + step->Set, count);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare(byte* scratch, BlendOperation* step, int count)
    {
        byte* left = scratch + step->Left, right = scratch + step->Right, target = scratch + step->Target, ranks = scratch + step->Column;
        nint leftMask = step->LeftMask, rightMask = step->RightMask;
        var threshold = Vector256.Create(step->Threshold);
        var shift = Vector256.Create(step->Shift);
        for (nint row = 0; row < count; row += 64)
        {
            var goesRight = Avx2.CompareGreaterThan(Avx2.Subtract(Avx.LoadVector256((sbyte*)ranks + row), shift), threshold).AsByte();
            var nextGoesRight = Avx2.CompareGreaterThan(Avx2.Subtract(Avx.LoadVector256((sbyte*)ranks + row + 32), shift), threshold)
                .AsByte();
            byte* leftLeaves = left + (row & leftMask), rightLeaves = right + (row & rightMask);
            Avx.Store(target + row, Avx2.BlendVariable(Avx.LoadVector256(leftLeaves), Avx.LoadVector256(rightLeaves), goesRight));
            byte* nextLeft = leftLeaves + (32 & leftMask), nextRight = rightLeaves + (32 & rightMask);
            Avx.Store(target + row + 32, Avx2.BlendVariable(Avx.LoadVector256(nextLeft), Avx.LoadVector256(nextRight), nextGoesRight));
        }
    }

    // A set has 32 bytes: code / 8 picks one from its lower or upper half, and the code's bit is tested in it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LookUp(byte* scratch, BlendOperation* step, byte* set, int count)
    {
        byte* left = scratch + step->Left, right = scratch + step->Right, target = scratch + step->Target, places = scratch + step->Column;
        nint leftMask = step->LeftMask, rightMask = step->RightMask;
        var lower = Avx2.BroadcastVector128ToVector256(set);
        var upper = Avx2.BroadcastVector128ToVector256(set + 16);
        for (nint row = 0; row < count; row += 32)
        {
            var place = Avx.LoadVector256(places + row);
            var bit = Avx.LoadVector256(places + Rows + row);
            var isUpper = Avx2.ShiftLeftLogical(place.AsUInt16(), 3).AsByte();
            var bits = Avx2.BlendVariable(Avx2.Shuffle(lower, place), Avx2.Shuffle(upper, place), isUpper);
            var goesRight = Avx2.CompareEqual(Avx2.And(bits, bit), Vector256<byte>.Zero);
            Avx.Store(target + row,
                Avx2.BlendVariable(Avx.LoadVector256(left + (row & leftMask)), Avx.LoadVector256(right + (row & rightMask)), goesRight));
        }
    }
}
