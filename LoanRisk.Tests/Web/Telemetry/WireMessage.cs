using System.Buffers.Binary;
using System.Text;

namespace LoanRisk.Tests.Web.Telemetry;

/// <summary>
/// A message in protobuf's wire format: fields by number, as often as they occur. It knows all wire types that proto3 writes and fails at
/// anything else, so what it reads is what was sent.
/// </summary>
internal sealed class WireMessage
{
    private readonly List<(int Field, object Value)> _fields = [];

    public WireMessage(ReadOnlyMemory<byte> bytes)
    {
        var rest = bytes;
        while (!rest.IsEmpty)
        {
            var tag = Varint(ref rest);
            _fields.Add(((int)(tag >> 3), (tag & 7) switch
            {
                0 => Varint(ref rest),
                1 => Take(ref rest, sizeof(ulong)),
                2 => Take(ref rest, checked((int)Varint(ref rest))),
                5 => Take(ref rest, sizeof(uint)),
                var other => throw new InvalidDataException($"{other} is no wire type."),
            }));
        }
    }

    /// <summary>Messages within this one.</summary>
    public IEnumerable<WireMessage> Messages(int field) => All<ReadOnlyMemory<byte>>(field).Select(bytes => new WireMessage(bytes));

    /// <summary>The message within this one; an empty one where it is left out.</summary>
    public WireMessage Message(int field) => Messages(field).LastOrDefault() ?? new WireMessage(ReadOnlyMemory<byte>.Empty);

    public bool Has(int field) => _fields.Exists(each => each.Field == field);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field).Span);

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field).Span);

    public ulong Number(int field) => All<ulong>(field).LastOrDefault();

    /// <summary>A number of eight bytes; 0 where it is left out.</summary>
    public long Fixed64(int field) => Bytes(field) is { Length: > 0 } bytes ? BinaryPrimitives.ReadInt64LittleEndian(bytes.Span) : 0;

    public double Double(int field) => BitConverter.Int64BitsToDouble(Fixed64(field));

    /// <summary>Numbers of eight bytes one behind the other.</summary>
    public IReadOnlyList<long> Packed(int field) =>
        [
            .. All<ReadOnlyMemory<byte>>(field).SelectMany(bytes => bytes.ToArray().Chunk(sizeof(long)))
                .Select(eight => BitConverter.ToInt64(eight)),
        ];


    private ReadOnlyMemory<byte> Bytes(int field) => All<ReadOnlyMemory<byte>>(field).LastOrDefault();

    private IEnumerable<T> All<T>(int field) => _fields.Where(each => each.Field == field).Select(each => (T)each.Value);

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> rest, int count)
    {
        var taken = rest[..count];
        rest = rest[count..];
        return taken;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref rest, 1).Span[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number has more than 64 bits.");
    }
}
