using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using LoanRisk.Trees.Layout;

namespace LoanRisk.Trees.Scoring.Batch;

/// <summary><see cref="ByteBlend"/> with vectors of 16 rows, which every processor of the last decade has.</summary>
internal sealed unsafe class ByteBlendVector128(RankedForest forest, BlendProgram program, int outputsPerRow)
    : ByteBlend(forest, program, outputsPerRow)
{
    private readonly NumberColumn[] _numbers = forest.Numbers;

    protected override void RankNumbers(double* rows, int stride, int count, byte* columns)
    {
        foreach (var number in _numbers)
        {
            var value = rows + number.Feature;
            for (var row = 0; row < count; row++, value += stride)
            {
                columns[row] = (byte)(number.Rank(*value) ^ 0x80);
            }

            columns += Rows;
        }
    }

    protected override void Blend(byte* scratch, ReadOnlySpan<BlendOperation> tree, int count)
    {
        fixed (byte* sets = Sets)
        {
            foreach (ref readonly var step in tree)
            {
                if (step.Set < 0)
                {
                    Compare(scratch, in step, count);
                }
                else if (step.IsLarge)
                {
                    LookUpLarge(scratch, in step, count);
                }
                else
                {
                    LookUp(scratch, in step, sets + step.Set, count);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Compare(byte* scratch, in BlendOperation step, int count)
    {
        byte* left = scratch + step.Left, right = scratch + step.Right, target = scratch + step.Target, ranks = scratch + step.Column;
        nint leftMask = step.LeftMask, rightMask = step.RightMask;
        var threshold = Vector128.Create(step.Threshold);
        var shift = Vector128.Create(step.Shift);
        for (nint row = 0; row < count; row += 16)
        {
            var goesRight = Vector128.GreaterThan(Vector128.Load((sbyte*)ranks + row) - shift, threshold).AsByte();
            Vector128.ConditionalSelect(goesRight, Vector128.Load(right + (row & rightMask)), Vector128.Load(left + (row & leftMask)))
                .Store(target + row);
        }
    }

    // A set has 32 bytes: code / 8 picks one from its lower or upper half, and the code's bit is tested in it.
    // Shuffle answers 0 for what is not within its 16 bytes, so one of the halves always stays out.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void LookUp(byte* scratch, in BlendOperation step, byte* set, int count)
    {
        byte* left = scratch + step.Left, right = scratch + step.Right, target = scratch + step.Target, places = scratch + step.Column;
        nint leftMask = step.LeftMask, rightMask = step.RightMask;
        var lower = Vector128.Load(set);
        var upper = Vector128.Load(set + 16);
        var half = Vector128.Create((byte)16);
        for (nint row = 0; row < count; row += 16)
        {
            var place = Vector128.Load(places + row);
            var bits = Vector128.Shuffle(lower, place) | Vector128.Shuffle(upper, place - half);
            var goesRight = Vector128.Equals(bits & Vector128.Load(places + Rows + row), Vector128<byte>.Zero);
            Vector128.ConditionalSelect(goesRight, Vector128.Load(right + (row & rightMask)), Vector128.Load(left + (row & leftMask)))
                .Store(target + row);
        }
    }
}
