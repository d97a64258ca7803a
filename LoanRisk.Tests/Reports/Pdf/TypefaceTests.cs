using LoanRisk.Reports.Pdf;

namespace LoanRisk.Tests.Reports.Pdf;

public sealed class TypefaceTests
{
    // Advances of DejaVu Sans Condensed 2.37, of an em of 2,048.
    [Theory]
    [InlineData("", 0)]
    [InlineData("A", 1260)]
    [InlineData("iii", 3 * 512)]
    [InlineData("1,234.5 %", (5 * 1172) + (3 * 585) + 1751)]
    [InlineData("Łódź", 1035 + 1127 + 1170 + 967)]
    [InlineData("مصرف", 987 + 1598 + 1017 + 1910)] // as joined
    public void Texts_are_as_wide_as_the_font_says(string text, int advance) =>
        Assert.Equal(10 * advance / 2048.0, Typeface.Regular.Width(text, 10), 6);

    [Fact]
    public void Long_texts_are_wrapped_and_cut_to_the_width()
    {
        var text = string.Join(' ', Enumerable.Repeat("probability", 40));

        Assert.All(Typeface.Regular.Wrap(text, 9, 200), line => Assert.InRange(Typeface.Regular.Width(line, 9), 1, 200));
        Assert.Equal(text, string.Join(' ', Typeface.Regular.Wrap(text, 9, 200)));
        Assert.InRange(Typeface.Regular.Width(Typeface.Regular.Cut(text, 9, 100), 9), 80, 100);
        Assert.EndsWith("…", Typeface.Regular.Cut(text, 9, 100), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("😀😀😀😀")]
    [InlineData("e\u0301e\u0301e\u0301e\u0301")]
    public void No_letter_is_cut_in_two(string text)
    {
        for (var width = 12; width < 40; width++)
        {
            var cut = Typeface.Regular.Cut(text, 10, width);
            Assert.Equal(0, cut.TrimEnd('…').Length % 2);
        }
    }

    [Fact]
    public void Letters_and_signs_of_reports_are_in_both_weights()
    {
        // What is not there is drawn as this, which is wider than any of them.
        const string Missing = "\uFFFD";
        var letters = string.Concat(Names.Greek, Names.Polish, Names.Czech, Names.Cyrillic, Names.Arabic, "−≥≤→←…–·\u00a0\u2009\u202f€±×");

        Assert.All([Typeface.Regular, Typeface.Bold], face => Assert.All(
            letters.EnumerateRunes(), r => Assert.NotEqual(face.Width(Missing, 10), face.Width(r.ToString(), 10))));
        Assert.Equal(Typeface.Regular.Width(Missing, 10), Typeface.Regular.Width("漢", 10));
    }
}
