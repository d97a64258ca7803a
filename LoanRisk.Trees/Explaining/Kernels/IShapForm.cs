using System.Runtime.CompilerServices;

namespace LoanRisk.Trees.Explaining.Kernels;

/// <summary>What lies side by side in a kernel's two vectors: rows, or quadrature points of one row.</summary>
/// <typeparam name="TVector">The lanes.</typeparam>
internal unsafe interface IShapForm<TVector>
    where TVector : unmanaged
{
    /// <summary>Rows in the lanes; 1 where points are.</summary>
    public static abstract int Rows { get; }

    /// <summary>Points that one step over the points takes.</summary>
    public static abstract int Points { get; }

    /// <summary>Reads what belongs to points from one of their tables, for the first vector.</summary>
    public static abstract TVector Read(double* points);

    /// <summary>The same for the second vector.</summary>
    /// <param name="points">The place in the table.</param>
    /// <param name="first">What the first vector got.</param>
    public static abstract TVector ReadNext(double* points, TVector first);
}

/// <summary>Rows in the lanes, point after point.</summary>
internal readonly unsafe struct ShapRows<TVector, TLanes> : IShapForm<TVector>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
{
    public static int Rows => 2 * TLanes.Count;

    public static int Points => 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Read(double* points) => TLanes.Broadcast(*points);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ReadNext(double* points, TVector first) => first;
}

/// <summary>Points of one row in the lanes.</summary>
internal readonly unsafe struct ShapRow<TVector, TLanes> : IShapForm<TVector>
    where TVector : unmanaged
    where TLanes : struct, IShapLanes<TVector>
{
    public static int Rows => 1;

    public static int Points => 2 * TLanes.Count;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Read(double* points) => TLanes.Load(points);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector ReadNext(double* points, TVector first) => TLanes.Load(points + TLanes.Count);
}
