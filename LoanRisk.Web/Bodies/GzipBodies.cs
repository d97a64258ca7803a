using System.Buffers.Binary;
using System.IO.Compression;
using Microsoft.AspNetCore.RequestDecompression;

namespace LoanRisk.Web.Bodies;

/// <summary>Unpacks bodies of the content coding <c>gzip</c>.</summary>
/// <param name="most">Packed bytes a body may have.</param>
internal sealed class GzipBodies(long most) : IDecompressionProvider
{
    public Stream GetDecompressionStream(Stream stream) => new WholeGzip(stream, most);

    /// <summary>
    /// GZipStream ends quietly where its input does, so a file that was cut off would join as if it were whole. The last four bytes say how
    /// long the text is.
    /// </summary>
    private sealed class WholeGzip(Stream packed, long most) : ReadingStream
    {
        private readonly Packed _packed = new(packed, most);

        private GZipStream? _text;

        private long _length;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            _text ??= new GZipStream(_packed, CompressionMode.Decompress, leaveOpen: true);
            try
            {
                var read = await _text.ReadAsync(buffer, cancellationToken);
                _length += read;
                return read > 0 || buffer.IsEmpty || _packed.Ends((uint)_length)
                    ? read
                    : throw new BadHttpRequestException(
                        "The body is cut off, or is not one whole gzip file; nothing of it was used.", StatusCodes.Status400BadRequest);
            }
            catch (InvalidDataException e)
            {
                throw new BadHttpRequestException(
                    "The body is not gzip, though its Content-Encoding says so, or it is damaged; nothing of it was used.",
                    StatusCodes.Status400BadRequest,
                    e);
            }
        }

        protected override void Dispose(bool disposing)
        {
            _text?.Dispose();
            base.Dispose(disposing);
        }
    }

    /// <summary>The packed bytes as they pass, with the last four of them.</summary>
    private sealed class Packed(Stream inner, long most) : ReadingStream
    {
        private readonly byte[] _last = new byte[sizeof(uint)];

        private long _length;

        /// <summary>Whether the bytes end with the length of a text.</summary>
        public bool Ends(uint length) => _length > _last.Length && BinaryPrimitives.ReadUInt32LittleEndian(_last) == length;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await inner.ReadAsync(buffer, cancellationToken);
            Remember(buffer.Span[..read]);
            // Packed bytes may unpack to nothing, so no limit on what comes out ends them.
            return _length <= most
                ? read
                : throw new BadHttpRequestException(
                    "The packed body is larger than any file may be.", StatusCodes.Status413PayloadTooLarge);
        }

        private void Remember(ReadOnlySpan<byte> bytes)
        {
            _length += bytes.Length;
            var kept = bytes[^Math.Min(bytes.Length, _last.Length)..];
            _last.AsSpan(kept.Length).CopyTo(_last);
            kept.CopyTo(_last.AsSpan(_last.Length - kept.Length));
        }
    }
}
