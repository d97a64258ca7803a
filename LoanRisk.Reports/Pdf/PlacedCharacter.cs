using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>A character as it stands on a line.</summary>
/// <param name="Shape">The code point whose glyph is drawn.</param>
/// <param name="Text">What it says when it is copied: a letter, not the form it takes between others.</param>
public readonly record struct PlacedCharacter(Rune Shape, string Text)
{
    internal static PlacedCharacter Of(Rune rune) => new(rune, rune.ToString());
}
