using System.Globalization;
using System.Text.RegularExpressions;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Training.Init;

/// <summary>
/// How a column writes its numbers: plainly, or as people write them, with a currency, a percent sign or separators of thousands.
/// </summary>
/// <param name="Currency">ISO 4217 code of the sign that stands beside some; null without one.</param>
/// <param name="IsPercent">Every number has a percent sign.</param>
/// <param name="HasSeparators">Some have separators of thousands.</param>
internal sealed record WrittenNumbers(string? Currency, bool IsPercent, bool HasSeparators)
{
    /// <summary>Digits with an optional sign and decimal point alone.</summary>
    public static readonly WrittenNumbers Plain = new(null, false, false);

    private static readonly (string Sign, string Code)[] Currencies =
    [
        ("R$", "BRL"), ("CA$", "CAD"), ("A$", "AUD"), ("NZ$", "NZD"), ("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("¥", "JPY"), ("₹", "INR"),
        ("₩", "KRW"), ("USD", "USD"), ("EUR", "EUR"), ("GBP", "GBP"), ("CHF", "CHF"), ("DM", "DEM"),
    ];

    private static readonly Regex Digits = new(
        @"^[+-]?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,3}(?:[ \u00A0\u202F\u2009][0-9]{3})+)(?:\.[0-9]+)?\z",
        RegexOptions.NonBacktracking);

    private static readonly Regex Unreadable = new(
        @"^(?:\(.*[0-9].*\)|[+-]?[0-9]{1,3}(?:[.' \u00A0\u202F\u2019][0-9]{3})*,[0-9]+|"
        + @"[+-]?[0-9]{1,3}(?:[.'\u2019][0-9]{3}){2,}|[0-9.,]+[kKmM])\z",
        RegexOptions.NonBacktracking);

    /// <summary>True for a number, plain or as people write it.</summary>
    public static bool IsOne(string text) => TextColumn.IsNumber(text) || Digits.IsMatch(Bare(text, out _, out _));

    /// <summary>True when the column writes plain numbers.</summary>
    public bool IsPlain => this == Plain;

    /// <summary>
    /// How a column writes its numbers; null when one of its texts is none, or some have a percent sign and others not, or two currencies
    /// stand there.
    /// </summary>
    public static WrittenNumbers? Find(IReadOnlyCollection<string> texts)
    {
        var (percent, currencies, separators) = (0, new HashSet<string>(StringComparer.Ordinal), false);
        foreach (var text in texts)
        {
            if (TextColumn.IsNumber(text))
            {
                continue;
            }

            var bare = Bare(text, out var currency, out var isPercent);
            if (!Digits.IsMatch(bare))
            {
                return null;
            }

            percent += isPercent ? 1 : 0;
            separators |= bare.Any(c => c == ',' || char.IsWhiteSpace(c));
            currencies.UnionWith(currency is null ? [] : [currency]);
        }

        return currencies.Count <= 1
            && percent is var signed
            && (signed == 0 || signed == texts.Count)
            && (signed == 0 || currencies.Count == 0)
            ? new WrittenNumbers(currencies.FirstOrDefault(), signed > 0, separators)
            : null;
    }

    /// <summary>The number a text of such a column says; 13 % is 13.</summary>
    public static double Read(string text) =>
        TextColumn.IsNumber(text) ? double.Parse(text, CultureInfo.InvariantCulture)
        : double.Parse(string.Concat(Bare(text, out _, out _).Where(c => c != ',' && !char.IsWhiteSpace(c))), CultureInfo.InvariantCulture);

    /// <summary>True when nearly every text is a number in a way that is not read without guessing: (1,200), 1.234,56, 12k.</summary>
    public static bool AreUnreadable(IReadOnlyCollection<string> texts) =>
        texts.Count(t => IsOne(t) || Unreadable.IsMatch(Bare(t, out _, out _))) > 0.9 * texts.Count && texts.Any(t => !IsOne(t));

    // Without signs beside the digits: -$1,200 is -1,200.
    private static string Bare(string text, out string? currency, out bool isPercent)
    {
        var bare = text.Replace('\u2212', '-').Trim();
        var sign = bare.StartsWith('-') ? "-" : "";
        bare = bare[sign.Length..].Trim();
        isPercent = bare.EndsWith('%');
        bare = isPercent ? bare[..^1].TrimEnd() : bare;
        var mark = Array.Find(
            Currencies,
            c => bare.StartsWith(c.Sign, StringComparison.OrdinalIgnoreCase) || bare.EndsWith(c.Sign, StringComparison.OrdinalIgnoreCase));
        currency = mark.Code;
        bare = mark.Sign is null ? bare
            : bare.StartsWith(mark.Sign, StringComparison.OrdinalIgnoreCase) ? bare[mark.Sign.Length..].TrimStart()
            : bare[..^mark.Sign.Length].TrimEnd();
        return bare.Length <= DecimalNotation.Longest ? sign + bare : "";
    }
}
