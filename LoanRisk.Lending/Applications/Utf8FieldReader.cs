using System.Text;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>
/// Reads one feature from UTF-8 text in the data's own spelling, for files of millions of rows: the number that
/// <see cref="LoanApplication.Check(LoanProduct, IReadOnlyDictionary{string, FieldValue}, InputStyle)"/> puts into the feature row, without
/// its words. What is not plain (a problem, a level that is not listed, odd spaces) is left to that check. Safe for all threads.
/// </summary>
public sealed class Utf8FieldReader
{
    private readonly byte[][] _missingSpellings;
    private readonly Utf8Levels? _levels;
    private readonly bool _mayBeMissing;
    private readonly bool _integer;
    private readonly ValueRange? _allowed;
    private readonly ValueRange? _seen;

    /// <summary>Prepares to read a feature.</summary>
    public Utf8FieldReader(Feature feature)
    {
        _missingSpellings = [.. feature.MissingSpellings.Select(Encoding.UTF8.GetBytes)];
        _levels = feature.HasLevels ? new Utf8Levels(feature) : null;
        (_mayBeMissing, _integer, _seen) = (feature.MayBeMissing, feature.Integer, feature.Seen);
        _allowed = feature.RefuseUnseen ? feature.Seen : feature.Allowed;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="text">Valid UTF-8.</param>
    /// <param name="number">Its place in the feature row; NaN when missing.</param>
    /// <param name="unusual">The check would warn of it.</param>
    /// <returns>False when only the check can tell what it is.</returns>
    public bool TryRead(ReadOnlySpan<byte> text, out double number, out bool unusual)
    {
        unusual = false;
        text = text[Ascii.Trim(text)];
        if (text.IsEmpty || IsMissingSpelling(text))
        {
            number = double.NaN;
            return _mayBeMissing;
        }

        return _levels is null ? TryReadNumber(text, out number, out unusual) : _levels.TryFind(text, out number);
    }

    private bool TryReadNumber(ReadOnlySpan<byte> text, out double number, out bool unusual)
    {
        unusual = false;
        if (!DecimalNotation.TryParse(text, out number) || !_allowed!.Contains(number) || (_integer && !double.IsInteger(number)))
        {
            return false;
        }

        // A row never holds minus zero.
        number = number == 0 ? 0 : number;
        unusual = !_seen!.Contains(number);
        return true;
    }

    private bool IsMissingSpelling(ReadOnlySpan<byte> text)
    {
        foreach (var spelling in _missingSpellings)
        {
            if (text.SequenceEqual(spelling))
            {
                return true;
            }
        }

        return false;
    }
}
