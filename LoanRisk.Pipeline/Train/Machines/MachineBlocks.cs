namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>Where each machine's block stands among bytes.</summary>
/// <param name="starts">First byte, by rank.</param>
/// <param name="lengths">Bytes, by rank.</param>
internal readonly ref struct MachineBlocks(ReadOnlySpan<int> starts, ReadOnlySpan<int> lengths)
{
    private readonly ReadOnlySpan<int> _starts = starts;
    private readonly ReadOnlySpan<int> _lengths = lengths;

    /// <summary>A machine's block.</summary>
    public Span<byte> Of(Span<byte> values, int rank) => values.Slice(_starts[rank], _lengths[rank]);

    /// <inheritdoc cref="Of(Span{byte}, int)"/>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> values, int rank) => values.Slice(_starts[rank], _lengths[rank]);
}
