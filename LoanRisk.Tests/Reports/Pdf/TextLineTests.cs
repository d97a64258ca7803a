using System.Globalization;
using LoanRisk.Reports.Pdf;

namespace LoanRisk.Tests.Reports.Pdf;

public sealed class TextLineTests
{
    // Capital letters stand for Hebrew ones, as in the Unicode standard.
    [Theory]
    [InlineData("", "")]
    [InlineData("a loan (12 months) at 3.5 %", "a loan (12 months) at 3.5 %")]
    [InlineData("ABC", "CBA")]
    [InlineData("loan ABC DE short", "loan ED CBA short")]
    [InlineData("ABC 12", "12 CBA")]
    [InlineData("ABC 1,234.5 DE", "ED 1,234.5 CBA")]
    [InlineData("ABC 50% DE", "ED 50% CBA")]
    [InlineData("ABC: model e678", "CBA: model e678")]
    [InlineData("ABC: DE", "ED :CBA")]
    [InlineData("x (ABC) y", "x (CBA) y")]
    [InlineData("ABC (DE)", "(ED) CBA")]
    [InlineData("ABC (DE", "ED) CBA")]
    [InlineData("ABC (de)", "CBA (de)")]
    [InlineData("ABC [12] DE", "ED [12] CBA")]
    [InlineData("ABC ≥ DE", "ED ≤ CBA")]
    [InlineData("ABC  ", "CBA  ")]
    public void Characters_stand_in_the_order_of_the_bidirectional_algorithm(string logical, string visual) =>
        Assert.Equal(visual, string.Concat(TextLine.Place(string.Concat(logical.Select(Hebrew))).Select(c => Latin(c.Text[0]))));

    [Theory]
    [InlineData("\u0645\u0635\u0631\u0641", "FED1 FEAE FEBC FEE3")] // meem and sad join on both sides, reh only to the one before
    [InlineData("\u0627\u0644\u0633\u0644\u0627\u0645", "FEE1 FEFC 200C FEB4 FEDF FE8D")] // lam and alef are one, joined to the seen
    [InlineData("\u0644\u0627", "FEFB 200C")]
    [InlineData("\u0634\u0647\u0631\u064B\u0627", "FE8D 064B FEAE FEEC FEB7")] // a mark parts no letters, and stands before its own
    [InlineData("\u06AF\u0686", "FB7B FB94")] // Persian
    [InlineData("\u0645\u06CC\u200C\u062E", "FEA5 200C FBFD FEE3")] // not joined on purpose
    [InlineData("\u0640\u0639\u0640", "0640 FECC 0640")]
    [InlineData("\u0628 \u0628", "FE8F 0020 FE8F")]
    [InlineData("\u0661\u0662 \u0628", "FE8F 0020 0661 0662")]
    public void Arabic_letters_are_joined(string logical, string shapes) =>
        Assert.Equal(
            shapes, string.Join(' ', TextLine.Place(logical).Select(c => c.Shape.Value.ToString("X4", CultureInfo.InvariantCulture))));

    [Theory]
    [InlineData("\u0627\u0644\u0633\u0644\u0627\u0645")]
    [InlineData("\u0634\u0647\u0631\u064B\u0627")]
    [InlineData("\u0645\u06CC\u200C\u062E")]
    public void Read_from_the_right_the_letters_are_those_of_the_text(string logical) =>
        Assert.Equal(logical, string.Concat(TextLine.Place(logical).Reverse().Select(c => c.Text)));

    [Fact]
    public void Marks_of_direction_are_not_drawn_and_control_characters_are_blanks() =>
        Assert.Equal("a b c", string.Concat(TextLine.Place("\u200Ea\tb\n\u202Bc\u00AD").Select(c => c.Text)));

    private static char Hebrew(char letter) => letter is >= 'A' and <= 'Z' ? (char)('\u05D0' + (letter - 'A')) : letter;

    private static char Latin(char letter) => letter is >= '\u05D0' and <= '\u05EA' ? (char)('A' + (letter - '\u05D0')) : letter;
}
