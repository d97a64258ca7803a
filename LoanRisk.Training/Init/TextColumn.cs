using LoanRisk.Lending.Applications;

namespace LoanRisk.Training.Init;

/// <summary>One column of a file: the different texts it holds, without surrounding spaces, and which row holds which.</summary>
internal sealed class TextColumn(string name)
{
    /// <summary>Texts that mean a missing value wherever they stand; an empty one always does.</summary>
    private static readonly HashSet<string> UsualMissing = new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "#N/A", "NaN", "null", "none", "?", "-", ".", "missing" };

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _rows = [];

    /// <summary>The header's name.</summary>
    public string Name { get; } = name;

    /// <summary>Rows.</summary>
    public int RowCount => _rows.Count;

    /// <summary>Texts that spell a missing value here, without the empty one.</summary>
    public IReadOnlyList<string> MissingSpellings { get; private set; } = [];

    /// <summary>The values that are given, by how often they stand there, the most frequent first.</summary>
    public IReadOnlyList<(string Text, int Rows)> Values { get; private set; } = [];

    /// <summary>Rows without a value.</summary>
    public int MissingRows { get; private set; }

    public void Add(string field)
    {
        var text = field.Trim();
        if (!_codes.TryGetValue(text, out var code))
        {
            code = _texts.Count;
            _codes.Add(text, code);
            _texts.Add(text);
            _counts.Add(0);
        }

        _counts[code]++;
        _rows.Add(code);
    }

    /// <summary>Settles which texts are values. A few odd texts among numbers are taken for missing ones as well.</summary>
    public void Settle()
    {
        var given = _texts.Where(t => t.Length > 0 && !UsualMissing.Contains(t)).ToList();
        var odd = given.Where(t => !IsNumber(t)).ToList();
        var isNumbersButForAFew = odd.Count is > 0 and <= 2 && given.Count - odd.Count > 20 && odd.Sum(t => _counts[_codes[t]]) < RowCount / 2;
        var missing = _texts.Where(t => t.Length > 0 && (UsualMissing.Contains(t) || (isNumbersButForAFew && odd.Contains(t)))).ToHashSet(StringComparer.Ordinal);

        MissingSpellings = [.. missing.Order(StringComparer.Ordinal)];
        Values = [.. _texts.Where(t => t.Length > 0 && !missing.Contains(t)).Select(t => (t, _counts[_codes[t]])).OrderByDescending(v => v.Item2)];
        MissingRows = RowCount - Values.Sum(v => v.Rows);
    }

    /// <summary>The text of a row; null when missing.</summary>
    public string? At(int row) => _texts[_rows[row]] is { Length: > 0 } text && !MissingSpellings.Contains(text) ? text : null;

    /// <summary>A number for each row by its text; NaN when missing.</summary>
    public double[] Numbers(Func<string, double> number)
    {
        var numbers = _texts.Select(t => t.Length == 0 || MissingSpellings.Contains(t) ? double.NaN : number(t)).ToArray();
        return [.. _rows.Select(code => numbers[code])];
    }

    /// <summary>True for text that reads as a finite number.</summary>
    public static bool IsNumber(string text) => DecimalText.TryParse(text, out var number) && double.IsFinite(number);
}
