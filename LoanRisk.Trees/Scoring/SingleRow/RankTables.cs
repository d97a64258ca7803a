using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace LoanRisk.Trees.Scoring.SingleRow;

/// <summary>A row's ranks, held so that vectors of 32 nodes find theirs.</summary>
/// <typeparam name="TSelf">The implementation, so that the compiler can put it in line.</typeparam>
internal unsafe interface IRankTables<TSelf>
    where TSelf : struct, IRankTables<TSelf>
{
    /// <summary>Takes up a row's ranks.</summary>
    public static abstract TSelf Of(byte* ranks, int count);

    /// <summary>The ranks of columns.</summary>
    /// <param name="columns">Columns, modulo 128.</param>
    /// <param name="tables">Columns / 16.</param>
    public Vector256<byte> Look(Vector256<byte> columns, Vector256<byte> tables);
}

/// <summary>Up to 32 ranks: two shuffles, and bit 4 of a column, moved to the top of its byte, chooses between them.</summary>
internal readonly unsafe struct RankTables32(byte* ranks) : IRankTables<RankTables32>
{
    private readonly Vector256<byte> _lower = Avx2.BroadcastVector128ToVector256(ranks);
    private readonly Vector256<byte> _upper = Avx2.BroadcastVector128ToVector256(ranks + 16);

    public static RankTables32 Of(byte* ranks, int count) => new(ranks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Look(Vector256<byte> columns, Vector256<byte> tables) =>
        Avx2.BlendVariable(Avx2.Shuffle(_lower, columns), Avx2.Shuffle(_upper, columns),
            Avx2.ShiftLeftLogical(columns.AsUInt16(), 3).AsByte());
}

/// <summary>Up to 64 ranks.</summary>
internal readonly unsafe struct RankTables64(byte* ranks) : IRankTables<RankTables64>
{
    private readonly RankTables32 _lower = new(ranks);
    private readonly RankTables32 _upper = new(ranks + 32);

    public static RankTables64 Of(byte* ranks, int count) => new(ranks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Look(Vector256<byte> columns, Vector256<byte> tables) =>
        Avx2.BlendVariable(_lower.Look(columns, tables), _upper.Look(columns, tables),
            Avx2.ShiftLeftLogical(columns.AsUInt16(), 2).AsByte());
}

/// <summary>Up to 128 ranks.</summary>
internal readonly unsafe struct RankTables128(byte* ranks) : IRankTables<RankTables128>
{
    private readonly RankTables64 _lower = new(ranks);
    private readonly RankTables64 _upper = new(ranks + 64);

    public static RankTables128 Of(byte* ranks, int count) => new(ranks);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Look(Vector256<byte> columns, Vector256<byte> tables) =>
        Avx2.BlendVariable(_lower.Look(columns, tables), _upper.Look(columns, tables),
            Avx2.ShiftLeftLogical(columns.AsUInt16(), 1).AsByte());
}

/// <summary>More ranks: table after table, each for the columns that are in it.</summary>
internal readonly unsafe struct RankTablesMany(byte* ranks, int count) : IRankTables<RankTablesMany>
{
    /// <summary>Beyond this a walk is quicker.</summary>
    public const int Most = 1_024;

    private readonly byte* _ranks = ranks;
    private readonly int _tableCount = (count + 15) / 16;

    public static RankTablesMany Of(byte* ranks, int count) => new(ranks, count);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<byte> Look(Vector256<byte> columns, Vector256<byte> tables)
    {
        var found = Vector256<byte>.Zero;
        for (var table = 0; table < _tableCount; table++)
        {
            var isHere = Avx2.CompareEqual(tables, Vector256.Create((byte)table));
            found |= Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(_ranks + (16 * table)), columns) & isHere;
        }

        return found;
    }
}
