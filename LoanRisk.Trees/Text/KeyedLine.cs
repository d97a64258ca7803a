using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace LoanRisk.Trees.Text;

/// <summary>A <c>key=value</c> line of a model text and the ways to read its value.</summary>
internal readonly record struct KeyedLine(int Line, string Key, ReadOnlyMemory<char> Value)
{
    private delegate bool TokenParser<T>(ReadOnlySpan<char> token, out T value);

    public string Text => Value.ToString();

    public ModelFormatException Fault(string problem) => new(Line, Key, problem);

    public int Integer(int least, int most) =>
        TryInteger(Value.Span, out var value) && value >= least && value <= most
            ? value
            : throw Fault($"\"{Shown(Value.Span)}\" is not a whole number from {least} to {most}");

    public double Number() => TryNumber(Value.Span, out var value) ? value : throw Fault($"\"{Shown(Value.Span)}\" is not a number");

    public ImmutableArray<int> Integers() => Values<int>(TryInteger, "a whole number");

    public ImmutableArray<long> Counts() => Values<long>(TryCount, "a whole number");

    public ImmutableArray<uint> Words() => Values<uint>(TryWord, "a whole number from 0 to 4294967295");

    public ImmutableArray<DecisionType> Decisions() => Values<DecisionType>(TryDecision, "a whole number from 0 to 255");

    public ImmutableArray<double> Numbers() => Values<double>(TryNumber, "a number");

    public ImmutableArray<string> Split(char separator)
    {
        var words = ImmutableArray.CreateBuilder<string>();
        foreach (var range in Value.Span.Split(separator))
        {
            if (!Value.Span[range].IsEmpty)
            {
                words.Add(Value.Span[range].ToString());
            }
        }

        return words.DrainToImmutable();
    }

    /// <summary>A part of a line, cut so that a message stays readable whatever the text holds.</summary>
    public static string Shown(ReadOnlySpan<char> part)
    {
        var cut = part.Length <= 40 ? part.ToString() : $"{part[..40]}...";
        return string.Create(cut.Length, cut, static (shown, from) =>
        {
            for (var i = 0; i < shown.Length; i++)
            {
                shown[i] = char.IsControl(from[i]) ? '?' : from[i];
            }
        });
    }

    /// <summary>A number as LightGBM writes one: decimal digits, or inf, -inf, nan. A number too large for a double is refused.</summary>
    public static bool TryNumber(ReadOnlySpan<char> token, out double value)
    {
        if (DecimalText.TryRead(token, out value))
        {
            return true;
        }

        var unsigned = token.Length > 0 && token[0] is '-' or '+' ? token[1..] : token;
        if (unsigned is "inf")
        {
            value = token[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity;
            return true;
        }

        if (unsigned is "nan")
        {
            value = double.NaN;
            return true;
        }

        const NumberStyles Style = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        value = 0;
        return unsigned.Length > 0 && (char.IsAsciiDigit(unsigned[0]) || unsigned[0] == '.')
            && double.TryParse(token, Style, CultureInfo.InvariantCulture, out value)
            && double.IsFinite(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ImmutableArray<T> Values<T>(TokenParser<T> parse, string kind)
    {
        // Room for the values that stand in the line, never for a count that the text claims.
        var rest = Value.Span;
        var values = new T[rest.Count(' ') + 1];
        var count = 0;
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf(' ');
            var token = end < 0 ? rest : rest[..end];
            rest = end < 0 ? default : rest[(end + 1)..];
            if (token.IsEmpty)
            {
                continue;
            }

            if (!parse(token, out values[count]))
            {
                throw Fault($"value {count + 1}, \"{Shown(token)}\", is not {kind}");
            }

            count++;
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(count == values.Length ? values : values[..count]);
    }

    private static bool TryInteger(ReadOnlySpan<char> token, out int value)
    {
        if (DecimalText.TryReadWhole(token, out var whole) && whole is >= int.MinValue and <= int.MaxValue)
        {
            value = (int)whole;
            return true;
        }

        return int.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    private static bool TryCount(ReadOnlySpan<char> token, out long value) =>
        DecimalText.TryReadWhole(token, out value)
            || long.TryParse(token, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool TryWord(ReadOnlySpan<char> token, out uint value) =>
        uint.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryDecision(ReadOnlySpan<char> token, out DecisionType value)
    {
        var read = byte.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out var bits);
        value = new DecisionType(bits);
        return read;
    }
}
