using System.Buffers.Binary;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>Reads what <see cref="RecordWriter"/> wrote; whatever is not there is a <see cref="RecordFormatException"/>.</summary>
internal ref struct RecordReader(ReadOnlySpan<byte> bytes)
{
    private const int MostShift = 63;

    private ReadOnlySpan<byte> _left = bytes;

    public byte Byte() => Next(1)[0];

    public ulong Number()
    {
        var (value, shift) = (0UL, 0);
        while (true)
        {
            var group = Byte();
            if (shift == MostShift && group > 1)
            {
                throw RecordFormatException.CutOff;
            }

            value |= (ulong)(group & 0x7F) << shift;
            if (group < 0x80)
            {
                return value;
            }

            shift += 7;
        }
    }

    public long Signed()
    {
        var value = Number();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Next(sizeof(double)));

    /// <summary>How many items follow, each at least so many bits long: a changed number must not ask for memory without end.</summary>
    public int Count(int bitsEach = 8) => Length(Number(), bitsEach);

    /// <inheritdoc cref="Count"/>
    public readonly int Length(ulong count, int bitsEach = 8) =>
        count <= (ulong)_left.Length * 8 / (ulong)bitsEach ? (int)count : throw RecordFormatException.CutOff;

    public ReadOnlySpan<byte> Next(int count)
    {
        if (count > _left.Length)
        {
            throw RecordFormatException.CutOff;
        }

        var next = _left[..count];
        _left = _left[count..];
        return next;
    }

    /// <summary>Nothing is left.</summary>
    public readonly void End()
    {
        if (!_left.IsEmpty)
        {
            throw new RecordFormatException("its record is longer than it says");
        }
    }
}
