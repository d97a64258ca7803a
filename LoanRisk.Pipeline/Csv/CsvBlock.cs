namespace LoanRisk.Pipeline.Csv;

/// <summary>Whole records of a file, one after another, in UTF-8.</summary>
/// <param name="bytes">Room for bytes at first.</param>
public sealed class CsvBlock(int bytes)
{
    /// <summary>Room for the records; what follows <see cref="Length"/> is not theirs.</summary>
    public byte[] Bytes { get; set; } = new byte[bytes];

    /// <summary>Bytes the records take.</summary>
    public int Length { get; set; }

    /// <summary>The line the block starts in, counted from 1.</summary>
    public long FirstLine { get; set; }

    /// <summary>The first record is the header.</summary>
    public bool HasHeader { get; set; }

    /// <summary>How much of the file has been read with this block, 0 to 1.</summary>
    public double ShareRead { get; set; }

    /// <summary>The records.</summary>
    public ReadOnlySpan<byte> Text => Bytes.AsSpan(0, Length);
}
