using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace LoanRisk.Trees.Explaining;

/// <summary>Two lanes, which every processor of the last decade has.</summary>
internal readonly unsafe struct ShapLanesVector128 : IShapLanes<Vector128<double>>
{
    public static int Count => Vector128<double>.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Broadcast(double value) => Vector128.Create(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Load(double* place) => Vector128.Load(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* place, Vector128<double> value) => value.Store(place);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> left, Vector128<double> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Subtract(Vector128<double> left, Vector128<double> right) => left - right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Multiply(Vector128<double> left, Vector128<double> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> And(Vector128<double> left, Vector128<double> right) => left & right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Or(Vector128<double> left, Vector128<double> right) => left | right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Xor(Vector128<double> left, Vector128<double> right) => left ^ right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> AndNot(Vector128<double> without, Vector128<double> value) => Vector128.AndNot(value, without);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> Select(Vector128<double> mask, Vector128<double> yes, Vector128<double> no) =>
        Vector128.ConditionalSelect(mask, yes, no);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> IsAtMost(Vector128<double> value, Vector128<double> limit) => Vector128.LessThanOrEqual(value, limit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> IsNaN(Vector128<double> value) => ~Vector128.Equals(value, value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<double> IsMember(double* codes, byte* set) =>
        Vector128.Create(Member(*(uint*)codes, set), Member(*(uint*)(codes + 1), set)).AsDouble();

    private static long Member(uint code, byte* set) => -(long)((uint)set[code >> 3] >> (int)(code & 7) & 1);
}
