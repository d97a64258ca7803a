using System.Collections.Frozen;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>
/// Joins Arabic letters: picks the presentation form (Unicode, blocks Arabic Presentation Forms A and B) that a letter takes between its
/// neighbours.
/// Letters of Arabic and Persian are joined; those that only other languages have stand alone.
/// </summary>
internal static class ArabicForms
{
    private const int Lam = 0x0644, Tatweel = 0x0640, Joiner = 0x200D, FirstLigature = 0xFEF5;

    /// <summary>Letters that melt into a lam before them, in the order of their ligatures.</summary>
    private const string Alefs = "آأإا";

    // How many forms each letter from U+0621 to U+063A and from U+0641 to U+064A has, one after the other from U+FE80 on.
    private const string FormsFromHamza = "12222424244444222244444444";
    private const string FormsFromFeh = "4444444224";

    // Unjoined; joined to the letter before; then to the letter after; then to both.
    private static readonly FrozenDictionary<int, (int First, int Count)> Forms = Letters().ToFrozenDictionary();

    /// <summary>The shape of the letter at a place, and whether the next letter, an alef after a lam, is in it.</summary>
    public static (Rune Shape, bool IsLigature) At(Rune[] line, int place)
    {
        var isAfter = JoinsBackwards(line[place]) && Neighbour(line, place, -1) is { } before && JoinsForwards(before);
        if (line[place].Value == Lam && AlefAt(line, place + 1) is { } alef)
        {
            return (new Rune(FirstLigature + (2 * alef) + (isAfter ? 1 : 0)), true);
        }

        if (!Forms.TryGetValue(line[place].Value, out var forms))
        {
            return (line[place], false);
        }

        var isBefore = JoinsForwards(line[place]) && Neighbour(line, place, 1) is { } after && JoinsBackwards(after);
        return (new Rune(forms.First + (isAfter ? 1 : 0) + (isBefore ? 2 : 0)), false);
    }

    private static int? AlefAt(Rune[] line, int place) =>
        place < line.Length && line[place].IsBmp && Alefs.IndexOf((char)line[place].Value, StringComparison.Ordinal) is >= 0 and var alef
            ? alef
            : null;

    private static bool JoinsForwards(Rune rune) =>
        Forms.TryGetValue(rune.Value, out var forms) ? forms.Count == 4 : rune.Value is Tatweel or Joiner;

    private static bool JoinsBackwards(Rune rune) =>
        Forms.TryGetValue(rune.Value, out var forms) ? forms.Count > 1 : rune.Value is Tatweel or Joiner;

    // Marks over a letter do not part it from the next.
    private static Rune? Neighbour(Rune[] line, int place, int step)
    {
        do
        {
            place += step;
        }
        while (place >= 0 && place < line.Length && BidiClasses.Of(line[place]) == BidiClass.Mark);

        return place >= 0 && place < line.Length ? line[place] : null;
    }

    private static Dictionary<int, (int First, int Count)> Letters()
    {
        Dictionary<int, (int First, int Count)> letters = new()
        {
            // Persian
            [0x067E] = (0xFB56, 4), [0x0686] = (0xFB7A, 4), [0x0698] = (0xFB8A, 2), [0x06A9] = (0xFB8E, 4), [0x06AF] = (0xFB92, 4),
            [0x06CC] = (0xFBFC, 4),
        };
        var form = 0xFE80;
        foreach (var (first, counts) in new[] { (0x0621, FormsFromHamza), (0x0641, FormsFromFeh) })
        {
            foreach (var (offset, count) in counts.Index())
            {
                letters[first + offset] = (form, count - '0');
                form += count - '0';
            }
        }

        return letters;
    }
}
