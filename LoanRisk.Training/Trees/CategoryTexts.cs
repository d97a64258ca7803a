namespace LoanRisk.Training.Trees;

/// <summary>A categorical column as it is read: each distinct text is kept once.</summary>
internal sealed class CategoryTexts
{
    private const int MissingText = -1;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<int> _rows = [];

    /// <summary>The texts that occur, missing values aside.</summary>
    public IEnumerable<string> Texts => _places.Keys;

    /// <summary>True when a text is no number.</summary>
    public bool HasText => _places.Keys.Any(t => !NumberTable.TryParse(t, out _));

    public void Add(string text)
    {
        if (NumberTable.IsMissing(text))
        {
            _rows.Add(MissingText);
            return;
        }

        if (!_places.TryGetValue(text, out var place))
        {
            place = _places.Count;
            _places.Add(text, place);
        }

        _rows.Add(place);
    }

    /// <summary>The rows' codes: places in the levels, or the numbers themselves where there are none. NaN is missing.</summary>
    public double[] Codes(CategoryLevels? levels)
    {
        var codes = new double[_places.Count];
        foreach (var (text, place) in _places)
        {
            codes[place] = levels is not null ? levels.CodeOf(text) : NumberTable.TryParse(text, out var number) ? number : double.NaN;
        }

        return [.. _rows.Select(place => place == MissingText ? double.NaN : codes[place])];
    }
}
