using System.Buffers.Binary;
using System.IO.Compression;
using LoanRisk.MLNet.Zip;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// Looks at ML.NET's binary data (schemas and mappings in a zip) before ML.NET does, which unpacks it without a limit. The layout is that
/// of ML.NET's docs/code/IdvFileFormat.md.
/// </summary>
internal static class DataViewGuard
{
    private const int MostColumns = 10_000;
    private const long MostRows = 1_000_000;
    private const int LookupSize = 16;
    private const byte Plain = 0;
    private const byte Deflated = 1;

    /// <summary>Checks sizes, and that all blocks together unpack to no more than a zip may hold.</summary>
    /// <exception cref="ZipRefusedException">They do, or the data is damaged.</exception>
    public static void Check(ZipEntry entry)
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(entry.Content.ToArray(), writable: false));
            new Walk(entry, reader).Check();
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException or ArgumentException or FormatException
            or OverflowException or IOException)
        {
            throw new ZipRefusedException($"{entry.Name} is damaged: {e.Message}", e);
        }
    }

    private sealed class Walk(ZipEntry entry, BinaryReader reader)
    {
        private long _left = ZipGuard.LargestZip;

        public void Check()
        {
            var header = entry.Content.Span;
            var (toc, rows, columns) = (
                BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
                BinaryPrimitives.ReadInt64LittleEndian(header[40..]),
                BinaryPrimitives.ReadInt32LittleEndian(header[48..]));
            if (rows is < 0 or > MostRows || columns is < 0 or > MostColumns)
            {
                throw new ZipRefusedException(
                    $"{entry.Name} has {rows} rows of {columns} columns; up to {MostRows} of {MostColumns} are read.");
            }

            Seek(toc);
            for (var column = 0; column < columns; column++)
            {
                CheckColumn(rows);
            }
        }

        private void CheckColumn(long rows)
        {
            SkipNames();
            var (compression, rowsPerBlock) = (reader.ReadByte(), reader.Read7BitEncodedInt());
            var (lookups, metadata) = (reader.ReadInt64(), reader.ReadInt64());
            if (rowsPerBlock <= 0 && rows > 0)
            {
                throw new InvalidDataException($"it has {rowsPerBlock} rows a block");
            }

            var next = reader.BaseStream.Position;
            for (var block = 0L; rows > 0 && block < (rows + rowsPerBlock - 1) / rowsPerBlock; block++)
            {
                Seek(lookups + (block * LookupSize));
                Unpack(reader.ReadInt64(), reader.ReadInt32(), compression);
            }

            if (metadata != 0)
            {
                CheckMetadata(metadata);
            }

            Seek(next);
        }

        private void CheckMetadata(long place)
        {
            Seek(place);
            var count = reader.Read7BitEncodedInt();
            for (var i = 0; i < count; i++)
            {
                SkipNames();
                var (compression, offset, length) = (reader.ReadByte(), reader.ReadInt64(), reader.Read7BitEncodedInt());
                var next = reader.BaseStream.Position;
                Unpack(offset, length, compression);
                Seek(next);
            }
        }

        // Name of the column or of the metadata, name of the codec, and what the codec says of itself.
        private void SkipNames()
        {
            reader.ReadString();
            reader.ReadString();
            var length = reader.Read7BitEncodedInt();
            if (length < 0 || reader.ReadBytes(length).Length != length)
            {
                throw new EndOfStreamException("it ends within a column");
            }
        }

        private void Unpack(long offset, int length, byte compression)
        {
            if (offset < 0 || length < 0 || offset > entry.Content.Length - length || compression is not (Plain or Deflated))
            {
                throw new InvalidDataException("a block lies outside of it, or is packed in an unknown way");
            }

            if (compression == Plain)
            {
                Take(length);
                return;
            }

            using var packed = new MemoryStream(entry.Content.Slice((int)offset, length).ToArray(), writable: false);
            using var unpacking = new DeflateStream(packed, CompressionMode.Decompress);
            var part = new byte[81920];
            for (int read; (read = unpacking.Read(part)) > 0;)
            {
                Take(read);
            }
        }

        private void Take(int bytes)
        {
            _left -= bytes;
            if (_left < 0)
            {
                throw new ZipRefusedException($"{entry.Name} has more than {ZipGuard.LargestZip} bytes when unpacked.");
            }
        }

        private void Seek(long place)
        {
            if (place < 0 || place > entry.Content.Length)
            {
                throw new InvalidDataException("a place lies outside of it");
            }

            reader.BaseStream.Position = place;
        }
    }
}
