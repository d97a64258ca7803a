using System.Globalization;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;

namespace LoanRisk.Training.Init;

/// <summary>One column of a file: the different texts it holds, without surrounding spaces, and which row holds which.</summary>
internal sealed class TextColumn(string name)
{
    /// <summary>
    /// Up to this many, texts that differ in capitals alone (or 2 and 2.0) are one value; more of them are no list of levels.
    /// </summary>
    private const int MostJoined = 200;

    /// <summary>Texts that mean a missing value wherever they stand; an empty one always does.</summary>
    private static readonly HashSet<string> UsualMissing =
        new(StringComparer.OrdinalIgnoreCase) { "NA", "N/A", "#N/A", "NaN", "null", "none", "?", "-", ".", "missing" };

    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<string> _texts = [];
    private readonly List<int> _counts = [];
    private readonly List<int> _rows = [];
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly HashSet<string> _codesForMissing = new(StringComparer.Ordinal);
    private string?[] _read = [];

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

    /// <summary>
    /// Settles which texts are values. A few odd texts among numbers are taken for missing ones as well; a spelling of missing values
    /// beside a single other text, or a minus beside a plus, is a value: yes and none, + and -.
    /// </summary>
    public void Settle()
    {
        var given = _texts.Where(t => t.Length > 0).ToList();
        var usual = given.Where(t => UsualMissing.Contains(t) && !_values.Contains(t)).ToList();
        if (usual.Count == 1 && (given.Count == 2 || (usual[0] == "-" && given.Contains("+"))))
        {
            usual.Clear();
        }

        var rest = given.Except(usual).ToList();
        var odd = rest.Where(t => !WrittenNumbers.IsOne(t)).ToList();
        var isNumbersButForAFew = odd.Count is > 0 and <= 2
            && rest.Count - odd.Count > 20
            && odd.Sum(t => _counts[_codes[t]]) < RowCount / 2;
        MissingSpellings =
        [
            .. usual.Concat(isNumbersButForAFew ? odd : []).Concat(_codesForMissing).Distinct().Order(StringComparer.Ordinal)
        ];
        Read();
    }

    /// <summary>A text that is a value here, whatever it usually means.</summary>
    public void TakeAsValue(string text)
    {
        _values.Add(text);
        Settle();
    }

    /// <summary>Texts that stand for a missing value here, although they read as values.</summary>
    public void TakeAsMissing(IEnumerable<string> texts)
    {
        _codesForMissing.UnionWith(texts);
        Settle();
    }

    /// <summary>The column in some of the rows, settled as this one is.</summary>
    public TextColumn In(IReadOnlyList<int> rows)
    {
        var column = new TextColumn(Name);
        foreach (var row in rows)
        {
            column.Add(_texts[_rows[row]]);
        }

        column._values.UnionWith(_values.Concat(Values.Count == 2 ? Values.Select(v => v.Text) : []));
        column.Settle();
        return column;
    }

    /// <summary>The value of a row, as <see cref="Values"/> spells it; null when missing.</summary>
    public string? At(int row) => _read[_rows[row]];

    /// <summary>Other spellings of a value that the column has: Rent and rent beside RENT, 2.0 beside 2.</summary>
    public IReadOnlyList<string> OtherSpellings(string value) => [.. _texts.Where((t, code) => _read[code] == value && t != value)];

    /// <summary>A number for each row by its text; NaN when missing.</summary>
    public double[] Numbers(Func<string, double> number)
    {
        var numbers = Array.ConvertAll(_read, t => t is null ? double.NaN : number(t));
        return [.. _rows.Select(code => numbers[code])];
    }

    /// <summary>True when each value here goes with one of another column and the other way round.</summary>
    public bool TellsSameAs(TextColumn other)
    {
        var (there, back) = (
            new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal));
        return RowCount == other.RowCount
            && Enumerable.Range(0, RowCount).All(row => GoesWith(there, At(row), other.At(row)) && GoesWith(back, other.At(row), At(row)));
    }

    /// <summary>True when every row has the same value as in another column.</summary>
    public bool HasSameTexts(TextColumn other) =>
        RowCount == other.RowCount && Enumerable.Range(0, RowCount).All(row => At(row) == other.At(row));

    /// <summary>True when each value of another column goes with one here.</summary>
    public bool Follows(TextColumn other)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        return Enumerable.Range(0, RowCount).All(row => GoesWith(told, other.At(row), At(row)));
    }

    /// <summary>Every different text as the file has it, the empty one too where a row has it.</summary>
    public IReadOnlyList<string> Texts => _texts;

    /// <summary>True for text that reads as a finite number.</summary>
    public static bool IsNumber(string text) => DecimalNotation.TryParse(text, out var number) && double.IsFinite(number);

    /// <summary>True for texts that differ in capitals alone, and for two spellings of one number; 01 is not 1.</summary>
    public static bool AreSame(string first, string second) => Key(first) == Key(second);

    /// <summary>True for 007: digits that count something have no zero before them.</summary>
    public static bool HasLeadingZero(string text) => text.Length > 1 && text[0] == '0' && char.IsAsciiDigit(text[1]);

    private static bool GoesWith(Dictionary<string, string> told, string? value, string? by) =>
        told.TryAdd(value ?? "", by ?? "") || told[value ?? ""] == (by ?? "");

    private static string Key(string text) =>
        IsNumber(text) && !HasLeadingZero(text)
            ? "#" + DecimalNotation.Of(double.Parse(text, CultureInfo.InvariantCulture))
            : text.ToLowerInvariant();

    private void Read()
    {
        var missing = MissingSpellings.ToHashSet(StringComparer.Ordinal);
        var given = _texts.Where(t => t.Length > 0 && !missing.Contains(t)).ToList();
        var joined = given.GroupBy(Key)
            .Where(g => g.Count() > 1)
            .SelectMany(g => g.Select(t => (Text: t, Value: g.MaxBy(s => _counts[_codes[s]])!)))
            .ToDictionary(t => t.Text, t => t.Value, StringComparer.Ordinal);
        var isList = given.Count - joined.Count + joined.Values.Distinct().Count() <= MostJoined;
        _read = [.. _texts.Select(t => t.Length == 0 || missing.Contains(t) ? null : isList ? joined.GetValueOrDefault(t, t) : t)];
        Values = [.. _texts.Select((t, code) => (Value: _read[code], Rows: _counts[code]))
            .Where(t => t.Value is not null)
            .GroupBy(t => t.Value!)
            .Select(g => (g.Key, g.Sum(t => t.Rows))).OrderByDescending(v => v.Item2)];
        MissingRows = RowCount - Values.Sum(v => v.Rows);
    }
}
