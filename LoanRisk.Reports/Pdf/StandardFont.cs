namespace LoanRisk.Reports.Pdf;

/// <summary>One of the fonts every reader of PDF has, with the widths of its letters.</summary>
public sealed class StandardFont
{
    private const int FirstCharacter = ' ';

    // Widths of WinAnsi characters from 0xC0 on are those of the letter without its accent.
    private const string WithoutAccents = "AAAAAAACEEEEIIIIDNOOOOO*OUUUUYPsaaaaaaaceeeeiiiidnooooo/ouuuuypy";

    private readonly short[] _widths;

    private StandardFont(string name, string key, short[] widths) => (Name, Key, _widths) = (name, key, widths);

    /// <summary>Helvetica.</summary>
    public static StandardFont Regular { get; } = new("Helvetica", "F1",
    [
        278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
        1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
        333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
    ]);

    /// <summary>Helvetica bold.</summary>
    public static StandardFont Bold { get; } = new("Helvetica-Bold", "F2",
    [
        278, 333, 474, 556, 556, 889, 722, 238, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 333, 333, 584, 584, 584, 611,
        975, 722, 722, 722, 722, 667, 611, 778, 722, 278, 556, 722, 611, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 333, 278, 333, 584, 556,
        333, 556, 611, 556, 611, 556, 333, 611, 611, 278, 278, 556, 278, 889, 611, 611, 611, 611, 389, 556, 333, 611, 556, 778, 556, 556, 500, 389, 280, 389, 584,
    ]);

    /// <summary>The name readers know it by.</summary>
    public string Name { get; }

    /// <summary>What pages call it.</summary>
    public string Key { get; }

    /// <summary>Width of a text in points.</summary>
    public double Width(string text, double size) => WinAnsi.Bytes(text).Sum(b => (int)WidthOf(b)) * size / 1000;

    /// <summary>Breaks a text into lines no wider than some points; a word that is wider stands alone.</summary>
    public IEnumerable<string> Wrap(string text, double size, double width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : line + " " + word;
            if (line.Length > 0 && Width(longer, size) > width)
            {
                yield return line;
                longer = word;
            }

            line = longer;
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }

    /// <summary>The text, or what of it fits with an ellipsis.</summary>
    public string Cut(string text, double size, double width)
    {
        if (Width(text, size) <= width)
        {
            return text;
        }

        var length = text.Length;
        while (length > 0 && Width(text[..length] + "…", size) > width)
        {
            length--;
        }

        return text[..length].TrimEnd() + "…";
    }

    private short WidthOf(byte character) => character switch
    {
        < FirstCharacter => 0,
        < 127 => _widths[character - FirstCharacter],
        0x85 or 0x97 => 1000, // ellipsis, em dash
        0x91 or 0x92 => (short)(this == Bold ? 278 : 222),
        0x93 or 0x94 => (short)(this == Bold ? 500 : 333),
        0x95 => 350,
        0xA0 or 0xB7 => 278,
        0xB1 or 0xD7 or 0xF7 => 584,
        >= 0xC0 => _widths[WithoutAccents[character - 0xC0] - FirstCharacter],
        _ => 556,
    };
}
