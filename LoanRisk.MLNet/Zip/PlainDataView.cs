using System.Buffers.Binary;
using System.IO.Compression;

namespace LoanRisk.MLNet.Zip;

/// <summary>
/// Rewrites ML.NET's binary data (its saved schemas and mappings) so that the bytes depend on the content alone: blocks in order of columns
/// and not packed, and zeros where ML.NET leaves what was in memory. The layout is that of ML.NET's docs/code/IdvFileFormat.md.
/// </summary>
internal sealed class PlainDataView
{
    private const ulong Signature = 0x00425644004C4D43;
    private const ulong TailSignature = 0x434D4C0044564200;
    private const int HeaderSize = 256;
    private const int LookupSize = 16;
    private const byte Packed = 1;
    private const long MostRows = 1 << 24;

    private readonly byte[] _source;
    private readonly BinaryReader _reader;
    private readonly MemoryStream _written;
    private readonly BinaryWriter _writer;
    private readonly int _most;

    private PlainDataView(byte[] source, BinaryReader reader, BinaryWriter writer, int most) =>
        (_source, _reader, _written, _writer, _most) = (source, reader, (MemoryStream)writer.BaseStream, writer, most);

    /// <summary>True when bytes are ML.NET's binary data.</summary>
    public static bool Is(ReadOnlySpan<byte> content) =>
        content.Length >= HeaderSize && BinaryPrimitives.ReadUInt64LittleEndian(content) == Signature;

    /// <summary>Rewrites the data, which may be hostile.</summary>
    /// <param name="content">The data.</param>
    /// <param name="most">Bytes that it may have when unpacked.</param>
    /// <exception cref="InvalidDataException">It is damaged, or larger.</exception>
    public static byte[] Rewrite(ReadOnlyMemory<byte> content, int most)
    {
        var source = content.ToArray();
        using var reader = new BinaryReader(new MemoryStream(source, writable: false));
        using var writer = new BinaryWriter(new MemoryStream());
        try
        {
            return new PlainDataView(source, reader, writer, most).Rewrite();
        }
        catch (Exception exception) when (exception is ArgumentException or IOException or FormatException or ArithmeticException)
        {
            throw new InvalidDataException("Places or counts in binary data lead out of it.", exception);
        }
    }

    private byte[] Rewrite()
    {
        var (toc, rows) = (Int64At(24), Int64At(40));
        var columnCount = Checked(BinaryPrimitives.ReadInt32LittleEndian(_source.AsSpan(48)));
        if (rows is < 0 or > MostRows)
        {
            throw new InvalidDataException($"Binary data has {rows} rows; at most {MostRows} are read.");
        }

        _writer.Write(new byte[HeaderSize]);
        Seek(toc);
        var columns = Enumerable.Range(0, columnCount).Select(_ => ReadColumn()).ToList();
        var places = columns.Select(column => WriteBlocks(column, rows)).ToList();
        var lookups = places.Select(WriteLookups).ToList();
        var metadata = columns.Select(WriteMetadata).ToList();
        var newToc = _written.Position;
        for (var i = 0; i < columns.Count; i++)
        {
            WriteColumn(columns[i], lookups[i], metadata[i]);
        }

        var tail = _written.Position;
        _writer.Write(TailSignature);
        WriteHeader(newToc, tail);
        return _written.ToArray();
    }

    private Column ReadColumn()
    {
        var (name, codec, compression) = (_reader.ReadString(), ReadCodec(), _reader.ReadByte());
        return new Column(name, codec, compression, _reader.Read7BitEncodedInt(), _reader.ReadInt64(), _reader.ReadInt64());
    }

    private Codec ReadCodec()
    {
        var name = _reader.ReadString();
        return new Codec(name, _reader.ReadBytes(Checked(_reader.Read7BitEncodedInt())));
    }

    private List<Block> WriteBlocks(Column column, long rows)
    {
        var blocks = new List<Block>();
        var count = (rows + column.RowsPerBlock - 1) / column.RowsPerBlock;
        for (var i = 0; i < count; i++)
        {
            var lookup = column.Lookups + (i * LookupSize);
            var length = BinaryPrimitives.ReadInt32LittleEndian(_source.AsSpan(checked((int)lookup + 8)));
            var packed = _source.AsMemory(checked((int)Int64At(lookup)), length);
            blocks.Add(WriteBlock(packed, column.Compression));
        }

        return blocks;
    }

    private Block WriteBlock(ReadOnlyMemory<byte> packed, byte compression)
    {
        var offset = _written.Position;
        if (compression == Packed)
        {
            Unpack(packed);
        }
        else
        {
            _writer.Write(packed.Span);
        }

        return new Block(offset, (int)(_written.Position - offset));
    }

    private void Unpack(ReadOnlyMemory<byte> packed)
    {
        using var unpacking = new DeflateStream(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        var part = new byte[81920];
        for (int read; (read = unpacking.Read(part)) > 0;)
        {
            if (_written.Position + read > _most)
            {
                throw new InvalidDataException($"Binary data has more than {_most} bytes when unpacked.");
            }

            _writer.Write(part, 0, read);
        }
    }

    private long WriteLookups(List<Block> blocks)
    {
        var offset = _written.Position;
        foreach (var block in blocks)
        {
            _writer.Write(block.Offset);
            _writer.Write(block.Length);
            _writer.Write(block.Length);
        }

        return offset;
    }

    // Answers where the table of the column's metadata is; 0 where it has none.
    private long WriteMetadata(Column column)
    {
        if (column.Metadata == 0)
        {
            return 0;
        }

        Seek(column.Metadata);
        var entries = Enumerable.Range(0, Checked(_reader.Read7BitEncodedInt())).Select(_ => ReadMetadata()).ToList();
        var blocks = entries.ConvertAll(entry => WriteBlock(_source.AsMemory(checked((int)entry.Offset), entry.Length), entry.Compression));
        var offset = _written.Position;
        _writer.Write7BitEncodedInt(entries.Count);
        foreach (var (entry, block) in entries.Zip(blocks))
        {
            _writer.Write(entry.Kind);
            WriteCodec(entry.Codec);
            _writer.Write((byte)0);
            _writer.Write(block.Offset);
            _writer.Write7BitEncodedInt(block.Length);
        }

        return offset;
    }

    private Metadata ReadMetadata() =>
        new(_reader.ReadString(), ReadCodec(), _reader.ReadByte(), _reader.ReadInt64(), _reader.Read7BitEncodedInt());

    private void WriteColumn(Column column, long lookups, long metadata)
    {
        _writer.Write(column.Name);
        WriteCodec(column.Codec);
        _writer.Write((byte)0);
        _writer.Write7BitEncodedInt(column.RowsPerBlock);
        _writer.Write(lookups);
        _writer.Write(metadata);
    }

    private void WriteCodec(Codec codec)
    {
        _writer.Write(codec.Name);
        _writer.Write7BitEncodedInt(codec.Parameters.Length);
        _writer.Write(codec.Parameters);
    }

    // Signature, versions, places and counts; the rest of the header stays zero.
    private void WriteHeader(long toc, long tail)
    {
        _writer.Seek(0, SeekOrigin.Begin);
        _writer.Write(_source.AsSpan(0, 24));
        _writer.Write(toc);
        _writer.Write(tail);
        _writer.Write(_source.AsSpan(40, 12));
        _writer.Flush();
    }

    // Of anything that is counted there is at least a byte.
    private int Checked(int count) =>
        count <= _source.Length
            ? count
            : throw new InvalidDataException($"Binary data counts {count} of something in {_source.Length} bytes.");

    private void Seek(long offset) => _reader.BaseStream.Position = offset;

    private long Int64At(long offset) => BinaryPrimitives.ReadInt64LittleEndian(_source.AsSpan(checked((int)offset)));

    private sealed record Codec(string Name, byte[] Parameters);

    private sealed record Column(string Name, Codec Codec, byte Compression, int RowsPerBlock, long Lookups, long Metadata);

    private sealed record Metadata(string Kind, Codec Codec, byte Compression, long Offset, int Length);

    private readonly record struct Block(long Offset, int Length);
}
