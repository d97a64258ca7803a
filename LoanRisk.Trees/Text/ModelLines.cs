using System.Text;

namespace LoanRisk.Trees.Text;

/// <summary>Walks through a model text line by line, counting lines and UTF-8 bytes.</summary>
internal sealed class ModelLines(string text)
{
    private int _next;

    /// <summary>Number of the current line, from 1; one more than the last line at the end.</summary>
    public int Number { get; private set; }

    /// <summary>The current line without its line end; a carriage return before a line feed belongs to the line end.</summary>
    public ReadOnlyMemory<char> Current { get; private set; }

    /// <summary>The text is used up.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>UTF-8 bytes of all lines before the current one, each with one byte for its line end.</summary>
    public long BytesBefore { get; private set; }

    public void Advance()
    {
        if (Number > 0 && !AtEnd)
        {
            BytesBefore += Encoding.UTF8.GetByteCount(Current.Span) + 1;
        }

        Number += AtEnd ? 0 : 1;
        AtEnd = _next >= text.Length;
        var end = AtEnd ? -1 : text.IndexOf('\n', _next);
        var length = AtEnd ? 0 : (end < 0 ? text.Length : end) - _next;
        Current = AtEnd ? default : text.AsMemory(_next, length);
        _next += length + 1;
        if (Current.Length > 0 && Current.Span[^1] == '\r')
        {
            Current = Current[..^1];
        }
    }

    /// <summary>The current line up to its first <c>=</c>; a line without one is a bare key.</summary>
    public ReadOnlySpan<char> CurrentKey => Current.Span.IndexOf('=') is var equals and >= 0 ? Current.Span[..equals] : Current.Span;

    /// <summary>Splits the current line at its first <c>=</c>.</summary>
    public KeyedLine Keyed() => Keyed(KeyedLine.Shown(CurrentKey));

    /// <summary>The same, when the key is known.</summary>
    public KeyedLine Keyed(string key)
    {
        var length = CurrentKey.Length;
        return new(Number, key, length == Current.Length ? default : Current[(length + 1)..]);
    }

    /// <summary>Moves to the next line that is not empty.</summary>
    public void SkipEmpty()
    {
        while (!AtEnd && Current.IsEmpty)
        {
            Advance();
        }
    }
}
