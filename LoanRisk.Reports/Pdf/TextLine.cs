using System.Globalization;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>A line of text as paper needs it: letters joined, and in the order in which they stand from left to right.</summary>
public static class TextLine
{
    private const string Mirrors = "()[]{}<>«»‹›≤≥";

    private static readonly Rune Blank = new(0x200C);

    /// <summary>Joins and orders the characters of a line. Its direction is left to right, as on the page of the report.</summary>
    public static IReadOnlyList<PlacedCharacter> Place(string text)
    {
        Rune[] runes = [.. text.EnumerateRunes().Select(r => Rune.IsControl(r) ? new Rune(' ') : r)];
        if (!runes.Any(BidiClasses.IsRightToLeft))
        {
            return [.. runes.Where(IsDrawn).Select(PlacedCharacter.Of)];
        }

        var levels = BidiLevels.Of(runes);
        List<(PlacedCharacter Character, int Level)> line = [];
        for (var i = 0; i < runes.Length; i++)
        {
            var (shape, isLigature) = ArabicForms.At(runes, i);
            if (isLigature)
            {
                // One glyph for two letters: a reader finds each of them where it expects it.
                line.Add((new PlacedCharacter(Blank, runes[i].ToString()), levels[i]));
                line.Add((new PlacedCharacter(shape, runes[i + 1].ToString()), levels[i]));
                i++;
            }
            else if (IsDrawn(shape))
            {
                var mirrored = levels[i] % 2 == 1 ? Mirrored(shape) : null;
                line.Add((mirrored is { } m ? PlacedCharacter.Of(m) : new PlacedCharacter(shape, runes[i].ToString()), levels[i]));
            }
        }

        return Reorder([.. line]);
    }

    // Rule L2: from the highest level down to 1, what is at least as high is turned round. A mark then stands before its letter, as the
    // font wants it.
    private static PlacedCharacter[] Reorder((PlacedCharacter Character, int Level)[] line)
    {
        for (var level = line.Select(c => c.Level).DefaultIfEmpty().Max(); level > 0; level--)
        {
            for (var start = 0; start < line.Length; start++)
            {
                var end = start;
                while (end < line.Length && line[end].Level >= level)
                {
                    end++;
                }

                Array.Reverse(line, start, end - start);
                start = end;
            }
        }

        return Array.ConvertAll(line, c => c.Character);
    }

    // Marks of direction have done their work, and a word is not parted at a soft hyphen.
    private static bool IsDrawn(Rune rune) =>
        Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format || rune.Value is 0x200C or 0x200D;

    private static Rune? Mirrored(Rune rune) =>
        rune.IsBmp && Mirrors.IndexOf((char)rune.Value, StringComparison.Ordinal) is >= 0 and var place
            ? new Rune(Mirrors[place ^ 1])
            : null;
}
