using System.Globalization;
using System.Text;
using LoanRisk.Reports.Pdf;

namespace LoanRisk.Tests.Reports.Pdf;

/// <summary>The Unicode Consortium's own cases.</summary>
public sealed class BidiLevelsTests
{
    private const string Cases = "/usr/share/unicode/BidiCharacterTest.txt";

    [Fact]
    public void Levels_are_those_of_Unicodes_conformance_test_for_lines_from_left_to_right()
    {
        Assert.SkipUnless(File.Exists(Cases), $"{Cases} is not there (Debian: unicode-data).");
        var cases = File.ReadLines(Cases).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(';')).Where(c => c[1] == "0")
            .Select(c => (Line: Array.ConvertAll(c[0].Split(' '), Character), Levels: c[3]))
            .Where(c => !Array.Exists(c.Line, IsBeyond)).ToArray();

        Assert.InRange(cases.Length, 40_000, int.MaxValue);
        Assert.Empty(cases.Where(c => string.Join(' ', BidiLevels.Of(c.Line)) != c.Levels).Take(5)
            .Select(c => $"{string.Join(' ', c.Line.Select(r => r.Value.ToString("X4", CultureInfo.InvariantCulture)))}: {c.Levels}"));
    }

    // Embeddings, overrides and isolates, joiners, ends of paragraphs, and brackets of East Asia.
    private static bool IsBeyond(Rune rune) =>
        rune.Value is (>= 0x202A and <= 0x202E) or (>= 0x2066 and <= 0x2069) or (>= 0x200B and <= 0x200D) or (>= 0x09 and <= 0x0D)
            or 0x2029 or 0x2329 or 0x232A or 0x3008 or 0x3009;

    private static Rune Character(string digits) => new(int.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture));
}
