using System.Buffers.Binary;
using System.Text;

namespace LoanRisk.Store.Decisions.Records;

/// <summary>
/// Texts in a record. A number says in its lowest three bits how the text is kept, and in the others its length, the number of a phrase, or
/// how many pieces follow.
/// </summary>
internal static class TextCode
{
    private const int FormBits = 3;

    private const int PieceBits = 2;

    private enum Form
    {
        Null,
        Utf8,
        Phrase,
        Pieces,
        Utf16, // half a surrogate pair has no UTF-8
        Digits,
    }

    private enum PieceForm
    {
        Phrase,
        Utf8,
        Digits,
    }

    /// <summary>A text that is one phrase, or none.</summary>
    public static void Write(RecordWriter to, string? text, PhraseTable phrases)
    {
        if (text is null)
        {
            Head(to, Form.Null, 0);
        }
        else if (phrases.Whole(text) is >= 0 and var phrase)
        {
            Head(to, Form.Phrase, phrase);
        }
        else if (PackedDigits.Fits(text))
        {
            Head(to, Form.Digits, text.Length);
            PackedDigits.Write(to, text);
        }
        else if (PhraseTable.IsWellFormed(text))
        {
            Head(to, Form.Utf8, Encoding.UTF8.GetByteCount(text));
            to.Utf8(text);
        }
        else
        {
            Head(to, Form.Utf16, text.Length);
            WriteUtf16(to.Next(text.Length * sizeof(char)), text);
        }
    }

    /// <summary>A sentence, in which phrases stand beside figures.</summary>
    public static void WriteSentence(RecordWriter to, string? text, PhraseTable phrases)
    {
        Span<TextPiece> pieces = stackalloc TextPiece[TextPiece.Most];
        var count = text is null || phrases.Whole(text) >= 0 || !PhraseTable.IsWellFormed(text)
            ? 0
            : TextPiece.Split(text, phrases, pieces);
        if (count < 2)
        {
            Write(to, text, phrases);
            return;
        }

        Head(to, Form.Pieces, count);
        foreach (var piece in pieces[..count])
        {
            WritePiece(to, text.AsSpan(piece.Start, piece.Length), piece.Phrase);
        }
    }

    /// <summary>What either of them wrote.</summary>
    public static string? Read(ref RecordReader from, PhraseTable phrases)
    {
        var head = from.Number();
        var rest = head >> FormBits;
        return (Form)(head & ((1 << FormBits) - 1)) switch
        {
            Form.Null => null,
            Form.Utf8 => Encoding.UTF8.GetString(from.Next(from.Length(rest))),
            Form.Phrase => phrases[rest],
            Form.Pieces => ReadPieces(ref from, from.Length(rest), phrases),
            Form.Utf16 => ReadUtf16(from.Next(from.Length(rest, bitsEach: 16) * sizeof(char))),
            Form.Digits => ReadDigits(ref from, rest),
            var form => throw RecordFormatException.Unknown("form of text", (ulong)form),
        };
    }

    private static void Head(RecordWriter to, Form form, int rest) => to.Number(((ulong)rest << FormBits) | (ulong)form);

    private static void WritePiece(RecordWriter to, ReadOnlySpan<char> text, int phrase)
    {
        if (phrase >= 0)
        {
            PieceHead(to, PieceForm.Phrase, phrase);
        }
        else if (PackedDigits.Fits(text))
        {
            PieceHead(to, PieceForm.Digits, text.Length);
            PackedDigits.Write(to, text);
        }
        else
        {
            PieceHead(to, PieceForm.Utf8, Encoding.UTF8.GetByteCount(text));
            to.Utf8(text);
        }
    }

    private static void PieceHead(RecordWriter to, PieceForm form, int rest) => to.Number(((ulong)rest << PieceBits) | (ulong)form);

    private static string ReadPieces(ref RecordReader from, int count, PhraseTable phrases)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var head = from.Number();
            var rest = head >> PieceBits;
            text.Append((PieceForm)(head & ((1 << PieceBits) - 1)) switch
            {
                PieceForm.Phrase => phrases[rest],
                PieceForm.Utf8 => Encoding.UTF8.GetString(from.Next(from.Length(rest))),
                PieceForm.Digits => ReadDigits(ref from, rest),
                var form => throw RecordFormatException.Unknown("form of text", (ulong)form),
            });
        }

        return text.ToString();
    }

    private static string ReadDigits(ref RecordReader from, ulong length)
    {
        var characters = from.Length(length, bitsEach: 4);
        var bytes = from.Next(PackedDigits.BytesOf(characters));
        return string.Create(characters, bytes, static (text, packed) => PackedDigits.Read(packed, text));
    }

    private static void WriteUtf16(Span<byte> to, string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(to[(i * sizeof(char))..], text[i]);
        }
    }

    private static string ReadUtf16(ReadOnlySpan<byte> from)
    {
        var text = new char[from.Length / sizeof(char)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(from[(i * sizeof(char))..]);
        }

        return new string(text);
    }
}
