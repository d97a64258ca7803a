using LoanRisk.Lending;

namespace LoanRisk.Store.Archives;

/// <summary>Cuts a stream into its lines, however they fall into the pieces that it gives.</summary>
/// <param name="stream">The stream.</param>
/// <param name="longest">Bytes that a line may have; a longer one is refused before it is in memory.</param>
internal sealed class LineReader(Stream stream, int longest)
{
    private byte[] _buffer = new byte[1 << 16];

    private int _start;

    private int _end;

    /// <summary>The next line with its line feed, which holds until the next call; null at the end.</summary>
    /// <exception cref="FormatException">It is too long, or the last one has no line feed.</exception>
    public ReadOnlyMemory<byte>? Next()
    {
        for (var searched = 0; ;)
        {
            var found = _buffer.AsSpan(_start + searched, _end - _start - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                var line = _buffer.AsMemory(_start, searched + found + 1);
                _start += line.Length;
                return line;
            }

            searched = _end - _start;
            if (!Fill())
            {
                return searched == 0 ? null : throw new FormatException("it is cut off");
            }
        }
    }

    private bool Fill()
    {
        var kept = _end - _start;
        if (kept >= longest)
        {
            throw new FormatException($"it is longer than {CountedNoun.Of(longest, "byte")}");
        }

        if (kept == _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Min(longest, kept * 2));
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        }

        (_start, _end) = (0, kept);
        var read = stream.Read(_buffer, _end, _buffer.Length - _end);
        _end += read;
        return read > 0;
    }
}
