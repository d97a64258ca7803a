using System.Globalization;
using System.Text;

namespace LoanRisk.Trees.Text;

/// <summary>
/// Doubles written as C's <c>printf("%.17g")</c> and <c>printf("%g")</c> write them, for those are the forms LightGBM
/// uses: trailing zeros dropped, an exponent of at least two digits, a tie rounded to the even digit.
/// </summary>
internal static class NumberText
{
    /// <summary>Digits that bring any double back exactly.</summary>
    public const int ExactDigits = 17;

    /// <summary>Digits of informational numbers.</summary>
    public const int ShortDigits = 6;

    // A double's exact decimal form has at most 767 significant digits.
    private const int AllDigits = 768;

    /// <summary>Appends <paramref name="value"/> with that many significant digits.</summary>
    public static void Append(StringBuilder text, double value, int significantDigits)
    {
        if (double.IsNaN(value))
        {
            text.Append("nan");
            return;
        }

        if (double.IsNegative(value))
        {
            text.Append('-');
        }

        if (double.IsInfinity(value))
        {
            text.Append("inf");
        }
        else if (value == 0)
        {
            text.Append('0');
        }
        else
        {
            Span<char> digits = stackalloc char[ExactDigits];
            digits = digits[..significantDigits];
            var exponent = Digits(Math.Abs(value), digits);
            AppendDigits(text, digits, exponent);
        }
    }

    /// <summary>The rounded decimal digits of a positive number; the answer is the exponent of the first one.</summary>
    private static int Digits(double value, Span<char> digits)
    {
        Span<char> buffer = stackalloc char[AllDigits + 16];
        Scientific(value, digits.Length + 1, buffer);

        // .NET rounds a tie away from zero. Only where the next digit reads 5 can there be one: then look at all digits.
        var kept = buffer[digits.Length + 1] == '5' ? AllDigits : digits.Length;
        var exponent = Scientific(value, kept, buffer);
        digits[0] = buffer[0];
        buffer[2..(digits.Length + 1)].CopyTo(digits[1..]);
        return kept > digits.Length && RoundsUp(buffer[2..(kept + 1)], digits) ? exponent + AddOne(digits) : exponent;
    }

    // Writes d.ddd…E+ddd and answers the exponent.
    private static int Scientific(double value, int significantDigits, Span<char> buffer)
    {
        Span<char> format = stackalloc char[8];
        format[0] = 'E';
        (significantDigits - 1).TryFormat(format[1..], out var formatLength, default, CultureInfo.InvariantCulture);
        value.TryFormat(buffer, out var length, format[..(formatLength + 1)], CultureInfo.InvariantCulture);
        return int.Parse(buffer[(significantDigits + 2)..length], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
    }

    private static bool RoundsUp(ReadOnlySpan<char> fraction, ReadOnlySpan<char> digits)
    {
        var rest = fraction[(digits.Length - 1)..];
        return rest[0] != '5' ? rest[0] > '5' : rest[1..].ContainsAnyExcept('0') || (digits[^1] - '0') % 2 == 1;
    }

    // Answers 1 when the carry makes the number one digit longer.
    private static int AddOne(Span<char> digits)
    {
        for (var i = digits.Length - 1; i >= 0; i--)
        {
            if (digits[i] != '9')
            {
                digits[i]++;
                return 0;
            }

            digits[i] = '0';
        }

        digits[0] = '1';
        return 1;
    }

    private static void AppendDigits(StringBuilder text, ReadOnlySpan<char> digits, int exponent)
    {
        var scientific = exponent < -4 || exponent >= digits.Length;
        digits = digits.TrimEnd('0');
        if (scientific)
        {
            AppendPoint(text, digits, 1);
            text.Append('e').Append(exponent < 0 ? '-' : '+');
            text.Append(CultureInfo.InvariantCulture, $"{Math.Abs(exponent):00}");
        }
        else if (exponent < 0)
        {
            text.Append("0.").Append('0', -exponent - 1).Append(digits);
        }
        else
        {
            AppendPoint(text, digits, exponent + 1);
        }
    }

    private static void AppendPoint(StringBuilder text, ReadOnlySpan<char> digits, int whole)
    {
        if (digits.Length <= whole)
        {
            text.Append(digits).Append('0', whole - digits.Length);
        }
        else
        {
            text.Append(digits[..whole]).Append('.').Append(digits[whole..]);
        }
    }
}
