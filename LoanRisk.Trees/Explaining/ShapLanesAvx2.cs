using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoanRisk.Trees.Explaining;

/// <summary>Four lanes with AVX2.</summary>
internal readonly unsafe struct ShapLanesAvx2 : IShapLanes<Vector256<double>>
{
    public static int Count => Vector256<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Broadcast(double value) => Vector256.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Load(double* place) => Avx.LoadVector256(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* place, Vector256<double> value) => Avx.Store(place, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> left, Vector256<double> right) => Avx.Add(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Subtract(Vector256<double> left, Vector256<double> right) => Avx.Subtract(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Multiply(Vector256<double> left, Vector256<double> right) => Avx.Multiply(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> And(Vector256<double> left, Vector256<double> right) => Avx.And(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Or(Vector256<double> left, Vector256<double> right) => Avx.Or(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Xor(Vector256<double> left, Vector256<double> right) => Avx.Xor(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> AndNot(Vector256<double> without, Vector256<double> value) => Avx.AndNot(without, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> Select(Vector256<double> mask, Vector256<double> yes, Vector256<double> no) =>
        Avx.BlendVariable(no, yes, mask);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> IsAtMost(Vector256<double> value, Vector256<double> limit) => Avx.CompareLessThanOrEqual(value, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> IsNaN(Vector256<double> value) => Avx.CompareUnordered(value, value);

    // Both halves of a code pick the word that has its bit, and move the bit to the top.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<double> IsMember(double* codes, byte* set)
    {
        var code = Avx.LoadVector256((uint*)codes);
        var words = Avx2.PermuteVar8x32(Avx.LoadVector256((uint*)set), Avx2.ShiftRightLogical(code, 5));
        var places = Avx2.AndNot(code, Vector256.Create(31u));
        return Avx2.ShiftRightArithmetic(Avx2.ShiftLeftLogicalVariable(words, places).AsInt32(), 31).AsDouble();
    }
}
