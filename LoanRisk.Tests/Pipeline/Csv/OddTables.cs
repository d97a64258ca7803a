using System.Text;
using CsCheck;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>
/// Made-up CSV text with everything that goes wrong in real files: quotation marks, line ends of all kinds, short rows, bytes that are no
/// text.
/// </summary>
internal static class OddTables
{
    private static readonly Gen<string> LineEnd = Gen.OneOf("\n", "\r\n", "\r");

    private static readonly Gen<string> Piece = Gen.OneOf(
        "a", "7", " ", "\"", "\"\"", ",", ";", "\t", "|", "\n", "\r", "\r\n", "é", "€", "\uFFFD", "\uFEFF", "\0");

    /// <summary>Files of few columns, whatever comes.</summary>
    public static Gen<byte[]> Of(char separator)
    {
        var field = Field(separator);
        var row = Gen.Frequency((7, field.Array[3]), (1, field.Array[0, 4])).Select(fields => Joined(fields, separator));
        var rows = Gen.Select(row, Gen.Frequency((11, Gen.Const(1)), (1, Gen.Const(2)))).Array[1, 30];
        return Gen.Select(
            Gen.Frequency((3, Gen.Const(false)), (1, Gen.Const(true))),
            Gen.Frequency((5, Gen.Const(0)), (1, Gen.Const(1))),
            LineEnd,
            rows,
            Gen.Bool)
            .Select(
                (hasMark, blankLines, end, lines, isEnded) =>
                    Table(hasMark, blankLines, end, $"one{separator}two{separator}three", lines, isEnded));
    }

    private static byte[] Table(bool hasMark, int blankLines, string end, string header, (byte[] Row, int Ends)[] lines, bool isEnded)
    {
        var text = new List<byte>(hasMark ? Encoding.UTF8.Preamble.ToArray() : []);
        text.AddRange(Bytes(Repeated(end, blankLines) + header + end));
        foreach (var (i, (row, ends)) in lines.Index())
        {
            text.AddRange(row);
            text.AddRange(Bytes(i == lines.Length - 1 && !isEnded ? "" : Repeated(end, ends)));
        }

        return [.. text];
    }

    // Everyday, well quoted, badly quoted, not quoted, and bytes of any kind.
    private static Gen<byte[]> Field(char separator)
    {
        var piece = Gen.Frequency((5, Piece), (1, Gen.Const(separator.ToString())));
        var text = piece.Array[0, 4].Select(string.Concat);
        var bytes = Gen.OneOf(
            piece.Select(Bytes),
            Gen.Byte[0x80, 0xFF].Select(b => new[] { b }),
            Gen.Int[0, 400].Select(length => Bytes(new string('x', length))));
        return Gen.Frequency(
            (5, Gen.Int[0, 99].Select(number => Bytes($"value {number}"))),
            (2, text.Select(t => Bytes($"\"{t.Replace("\"", "\"\"", StringComparison.Ordinal)}\""))),
            (1, text.Select(t => Bytes($"\"{t}\""))),
            (1, text.Select(Bytes)),
            (1, bytes.Array[0, 4].Select(all => all.SelectMany(b => b).ToArray())));
    }

    private static byte[] Joined(byte[][] fields, char separator) =>
        [.. fields.SelectMany((field, i) => i == 0 ? field : [(byte)separator, .. field])];

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
