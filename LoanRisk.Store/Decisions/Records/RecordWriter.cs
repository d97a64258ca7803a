using System.Buffers.Binary;
using System.Text;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// Writes bytes one after another: whole numbers in groups of seven bits, the lowest first, with the top bit set on all but the last (as
/// Protocol Buffers have them); doubles in their eight bytes, little-endian.
/// </summary>
internal sealed class RecordWriter
{
    private byte[] _bytes = new byte[1024];

    private int _length;

    /// <summary>Forgets what was written.</summary>
    public void Clear() => _length = 0;

    public byte[] ToArray() => _bytes.AsSpan(0, _length).ToArray();

    public void Byte(byte value) => Next(1)[0] = value;

    public void Number(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            Byte((byte)(value | 0x80));
        }

        Byte((byte)value);
    }

    public void Number(int value) => Number((ulong)value);

    /// <summary>A number that may be negative: 0, -1, 1, -2 are 0, 1, 2, 3.</summary>
    public void Signed(long value) => Number((ulong)((value << 1) ^ (value >> 63)));

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Next(sizeof(double)), value);

    /// <summary>The text without its length.</summary>
    public void Utf8(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Encoding.UTF8.GetBytes(text, Next(length));
    }

    /// <summary>Room for bytes that the caller fills in.</summary>
    public Span<byte> Next(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_length + count, _bytes.Length * 2));
        }

        _length += count;
        return _bytes.AsSpan(_length - count, count);
    }
}
