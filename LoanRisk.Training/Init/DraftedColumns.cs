namespace LoanRisk.Training.Init;

/// <summary>What became of each column so far.</summary>
internal sealed class DraftedColumns
{
    private readonly Dictionary<TextColumn, (string Became, bool IsUsed)> _became = [];
    private readonly List<TextColumn> _ids = [];
    private readonly List<DraftedFeature> _features = [];
    private readonly List<(TextColumn Column, string What)> _protected = [];

    /// <summary>Columns that name rows.</summary>
    public IReadOnlyList<TextColumn> Ids => _ids;

    /// <summary>The date and how it is written.</summary>
    public (TextColumn Column, string Format)? Date { get; private set; }

    /// <summary>The features.</summary>
    public IReadOnlyList<DraftedFeature> Features => _features;

    /// <summary>Columns about a protected attribute, and which; they are kept for fairness tests.</summary>
    public IReadOnlyList<(TextColumn Column, string What)> Protected => _protected;

    /// <summary>ISO 4217 code of the currency whose sign stands in the table; XXX for none.</summary>
    public string Currency => _features.Select(f => f.Written.Currency).FirstOrDefault(c => c is not null) ?? "XXX";

    /// <summary>Each column and what became of it, in file order.</summary>
    public IReadOnlyList<(string Column, string Became, bool IsUsed)> Became(IReadOnlyList<TextColumn> columns) =>
        [.. columns.Select(c => (c.Name.Length == 0 ? "(no name)" : c.Name, _became[c].Became, _became[c].IsUsed))];

    public void Say(TextColumn column, string became) => _became[column] = (became, true);

    public void LeaveOut(TextColumn column, string why) => _became[column] = ("left out: " + why, false);

    public void LeaveOutAfterAll(DraftedFeature feature, string why)
    {
        _features.Remove(feature);
        LeaveOut(feature.Column, why);
    }

    public void AddId(TextColumn column)
    {
        _ids.Add(column);
        Say(column, "id: carried along, no feature");
    }

    public void SetDate(TextColumn column, string format)
    {
        Date = (column, format);
        Say(column, $"date ({format}): models are tested on the newest rows");
    }

    public void Protect(TextColumn column, string what)
    {
        _protected.Add((column, what));
        Say(column, $"protected ({what}): kept for fairness tests, no feature");
    }

    public void Add(DraftedFeature feature)
    {
        _features.Add(feature);
        Say(feature.Column, feature.Said);
    }
}
