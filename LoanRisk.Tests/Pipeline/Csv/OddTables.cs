using System.Text;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Csv;

/// <summary>Made-up CSV text with everything that goes wrong in real files: quotation marks, line ends of all kinds, short rows, bytes that are no text.</summary>
internal static class OddTables
{
    private static readonly string[] LineEnds = ["\n", "\r\n", "\r"];
    private static readonly string[] Pieces = ["a", "7", " ", "\"", "\"\"", "SEPARATOR", "OTHER", "\n", "\r", "\r\n", "é", "€", "\uFFFD", "\uFEFF", "\0", "BAD", "LONG"];

    /// <summary>A file of few columns, whatever comes.</summary>
    public static byte[] Draw(int seed, char separator)
    {
        var random = new SeededRandom(seed);
        var end = LineEnds[random.NextBelow(3)];
        var text = new List<byte>(random.NextBelow(4) == 0 ? [0xEF, 0xBB, 0xBF] : []);
        Add(text, random.NextBelow(6) == 0 ? end : "");
        Add(text, $"one{separator}two{separator}three{end}");
        for (var row = random.NextBelow(30); row >= 0; row--)
        {
            AddRow(text, ref random, separator);
            Add(text, row == 0 && random.NextBelow(2) == 0 ? "" : random.NextBelow(12) == 0 ? end + end : end);
        }

        return [.. text];
    }

    private static void AddRow(List<byte> text, ref SeededRandom random, char separator)
    {
        var fields = random.NextBelow(8) == 0 ? random.NextBelow(5) : 3;
        for (var field = 0; field < fields; field++)
        {
            Add(text, field > 0 ? separator.ToString() : "");
            AddField(text, ref random, separator);
        }
    }

    private static void AddField(List<byte> text, ref SeededRandom random, char separator)
    {
        var kind = random.NextBelow(10);
        if (kind < 5)
        {
            Add(text, $"value {random.NextBelow(100)}");
            return;
        }

        // Well quoted, badly quoted, or not at all.
        Add(text, kind < 8 ? "\"" : "");
        for (var piece = random.NextBelow(5); piece > 0; piece--)
        {
            AddPiece(text, Pieces[random.NextBelow(kind == 9 ? Pieces.Length : Pieces.Length - 2)], ref random, separator, isWellQuoted: kind < 7);
        }

        Add(text, kind < 8 ? "\"" : "");
    }

    private static void AddPiece(List<byte> text, string piece, ref SeededRandom random, char separator, bool isWellQuoted)
    {
        switch (piece)
        {
            case "SEPARATOR":
                Add(text, separator.ToString());
                break;
            case "OTHER":
                Add(text, ",;\t|"[random.NextBelow(4)].ToString());
                break;
            case "BAD":
                text.Add((byte)(0x80 + random.NextBelow(128)));
                break;
            case "LONG":
                Add(text, new string('x', random.NextBelow(400)));
                break;
            case "\"" when isWellQuoted:
                Add(text, "\"\"");
                break;
            default:
                Add(text, piece);
                break;
        }
    }

    private static void Add(List<byte> text, string more) => text.AddRange(Encoding.UTF8.GetBytes(more));
}
