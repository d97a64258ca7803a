namespace LoanRisk.Training.Csv;

/// <summary>Text whose lines must end some time: whoever reads on in one that does not is stopped before it fills the memory.</summary>
internal sealed class BoundedLines(TextReader text) : TextReader
{
    private int _length;

    /// <exception cref="EndlessLineException">The line that was read so far has too many characters.</exception>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc cref="Read(char[], int, int)"/>
    public override int Read(Span<char> buffer)
    {
        if (_length > TableLimits.LongestLine)
        {
            throw new EndlessLineException();
        }

        var read = text.Read(buffer);
        var lineEnd = buffer[..read].LastIndexOfAny('\r', '\n');
        _length = lineEnd < 0 ? _length + read : read - lineEnd - 1;
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        text.Dispose();
        base.Dispose(disposing);
    }
}

/// <summary>A line of a file does not end.</summary>
internal sealed class EndlessLineException : Exception;
