using System.Globalization;
using System.Text;

namespace LoanRisk.Reports.Pdf;

/// <summary>What the bidirectional algorithm asks of a character (UAX #9, table 4).</summary>
internal enum BidiClass
{
    Left,
    Right,
    ArabicLetter,
    EuropeanNumber,
    EuropeanSeparator,
    EuropeanTerminator,
    ArabicNumber,
    CommonSeparator,
    Mark,
    Space,
    Neutral,
}

/// <summary>The class of each character, by ranges; .NET keeps its own table of them to itself.</summary>
internal static class BidiClasses
{
    public static BidiClass Of(Rune rune) => rune.Value switch
    {
        >= '0' and <= '9' or >= 0x06F0 and <= 0x06F9 or 0xB2 or 0xB3 or 0xB9 => BidiClass.EuropeanNumber,
        0x2070 or >= 0x2074 and <= 0x2079 or >= 0x2080 and <= 0x2089 => BidiClass.EuropeanNumber,
        '+' or '-' or 0x207A or 0x207B or 0x208A or 0x208B or 0x2212 => BidiClass.EuropeanSeparator,
        '#' or '%' or '°' or '±' or 0x0609 or 0x060A or 0x066A => BidiClass.EuropeanTerminator,
        >= 0x2030 and <= 0x2034 or 0x212E or 0x2213 => BidiClass.EuropeanTerminator,
        ',' or '.' or '/' or ':' or 0xA0 or 0x202F or 0x2044 or 0x060C => BidiClass.CommonSeparator,
        >= 0x0660 and <= 0x0669 or 0x066B or 0x066C or 0x06DD => BidiClass.ArabicNumber,
        0x200E => BidiClass.Left,
        0x200F or 0x05BE or 0x05C0 or 0x05C3 or 0x05C6 or 0x05F3 or 0x05F4 => BidiClass.Right,
        0x061B or 0x061C or 0x061E or 0x061F or 0x066D or 0x06D4 => BidiClass.ArabicLetter,
        _ => ByCategory(rune),
    };

    /// <summary>A letter, digit or sign that makes a line run to the left.</summary>
    public static bool IsRightToLeft(Rune rune) => Of(rune) is BidiClass.Right or BidiClass.ArabicLetter or BidiClass.ArabicNumber;

    private static BidiClass ByCategory(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => BidiClass.Mark,
        UnicodeCategory.CurrencySymbol => BidiClass.EuropeanTerminator,
        UnicodeCategory.SpaceSeparator or UnicodeCategory.LineSeparator => BidiClass.Space,
        UnicodeCategory.ParagraphSeparator => BidiClass.Space,
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
            or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.SpacingCombiningMark => Letter(rune),
        _ => BidiClass.Neutral,
    };

    // Hebrew, Samaritan, N'Ko and the old scripts of plane 1 are R; Arabic, Syriac and Thaana are AL.
    private static BidiClass Letter(Rune rune) => rune.Value switch
    {
        >= 0x0590 and <= 0x05FF or >= 0x07C0 and <= 0x085F or >= 0xFB1D and <= 0xFB4F => BidiClass.Right,
        >= 0x10800 and <= 0x10FFF or >= 0x1E800 and <= 0x1EDFF => BidiClass.Right,
        >= 0x0600 and <= 0x07BF or >= 0x0860 and <= 0x08FF => BidiClass.ArabicLetter,
        >= 0xFB50 and <= 0xFDFF or >= 0xFE70 and <= 0xFEFF or >= 0x1EE00 and <= 0x1EEFF => BidiClass.ArabicLetter,
        _ => BidiClass.Left,
    };
}
