using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;

namespace LoanRisk.Training.Init;

/// <summary>What to draft.</summary>
/// <param name="Id">Id of the product.</param>
/// <param name="Target">The outcome's column; null to guess.</param>
/// <param name="Bad">The outcome's bad value; null to guess.</param>
public sealed record InitOptions(string Id, string? Target, string? Bad);

/// <summary>
/// Drafts a product file from a table: what each column is, is guessed from its values and its name. Ids, dates and constant columns, free texts, columns that
/// repeat others and columns that seem to know the outcome are no features, and each is told.
/// </summary>
public sealed class InitRun
{
    private const int FewestRowsForId = 20;

    private const int FewestRowsForRepetition = 100;

    private readonly TextTable _table;
    private readonly InitOptions _options;
    private readonly TargetGuess _target;
    private readonly bool[] _bad;
    private readonly List<TextColumn> _ids = [];
    private readonly List<DraftedFeature> _features = [];
    private readonly List<(string Column, string Became, bool IsUsed)> _became = [];
    private readonly HashSet<string> _names;
    private (TextColumn Column, string Format)? _date;

    private InitRun(TextTable table, InitOptions options)
    {
        (_table, _options) = (table, options);
        foreach (var column in table.Columns)
        {
            column.Settle();
        }

        _target = TargetGuess.Find(table.Columns, options.Target, options.Bad);
        _bad = _target.BadRows;
        _names = new HashSet<string>(table.Columns.Select(c => c.Name).Where(n => n.Length > 0), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Reads a file and drafts.</summary>
    /// <exception cref="UsageException">No column can be the target, or the one that was named.</exception>
    /// <exception cref="WorkFailedException">There is nothing to learn from.</exception>
    public static ProductDraft Run(string path, InitOptions options, IProgress<double> progress, CancellationToken cancellationToken) =>
        new InitRun(TextTable.Read(path, progress, cancellationToken), options).Draft();

    private ProductDraft Draft()
    {
        foreach (var column in _table.Columns)
        {
            var (became, isUsed) = Place(column);
            _became.Add((column.Name.Length == 0 ? "(no name)" : column.Name, became, isUsed));
        }

        if (_features.Count == 0)
        {
            throw new WorkFailedException($"{_table.FileName} has no column that a model could use: {string.Join("; ", _became.Select(b => $"{b.Column}: {b.Became}"))}.");
        }

        var json = DraftText.Of(DraftedProduct.Of(_options.Id, _table.FileName, _target, _ids, _date, _features));
        ProductFile.Parse(json, "product.json");
        return new ProductDraft(json, $"{_target.Column.Name}, {_target.Why}", _table.RowCount, _bad.Count(b => b), _became, ToCheck());
    }

    private (string Became, bool IsUsed) Place(TextColumn column)
    {
        if (column == _target.Column)
        {
            return ($"target: {_target.Bad} is bad, {_target.Good} is good", true);
        }

        if (column.Name.Length == 0)
        {
            return LeftOut("its header has no name");
        }

        if (column.Values.Count <= 1)
        {
            return LeftOut(column.Values.Count == 0 ? "it is empty" : $"it is always {column.Values[0].Text}");
        }

        if (IsId(column))
        {
            _ids.Add(column);
            return ("id: carried along, no feature", true);
        }

        if (DateGuess.FormatOf(column) is { } format)
        {
            return PlaceDate(column, format);
        }

        var (feature, whyNot) = DraftedFeature.Of(column, ColumnName.Field(column.Name, NamesBut(column)), _bad);
        return feature is null ? LeftOut(whyNot!) : PlaceFeature(column, feature);
    }

    private (string Became, bool IsUsed) PlaceDate(TextColumn column, string format)
    {
        if (_date is { } first)
        {
            return LeftOut($"it is a date ({format}), and {first.Column.Name} is one already");
        }

        if (column.MissingRows > 0)
        {
            return LeftOut($"it is a date ({format}) with {column.MissingRows:N0} gaps");
        }

        _date = (column, format);
        return ($"date ({format}): models are tested on the newest rows", true);
    }

    private (string Became, bool IsUsed) PlaceFeature(TextColumn column, DraftedFeature feature)
    {
        var kind = (string)feature.Json["kind"]!;
        var strength = ColumnStrength.Of(new FileColumn(column.Name, [.. Enumerable.Range(0, column.RowCount).Select(column.At)]), _bad);
        if (strength.GivesAway)
        {
            return LeftOut($"it alone tells the outcome (AUC {strength.Auc:0.000}): most likely it was written afterwards");
        }

        if (kind != "numeric" && RepeatedBy(column) is { } finer)
        {
            return LeftOut($"it repeats {finer.Name} more coarsely");
        }

        _features.Add(feature);
        return (feature.Said, true);
    }

    private static (string Became, bool IsUsed) LeftOut(string why) => ("left out: " + why, false);

    // All texts of an id differ; numbers too where the name says so or they count up.
    private static bool IsId(TextColumn column)
    {
        var areUnlike = column.RowCount >= FewestRowsForId && column.Values.Count >= 0.98 * column.RowCount;
        if (!areUnlike || !column.Values.All(v => TextColumn.IsNumber(v.Text)))
        {
            return areUnlike && column.Values.All(v => v.Text.Length <= 64 && !v.Text.Contains(' ', StringComparison.Ordinal))
                && DateGuess.FormatOf(column) is null && !DraftedFeature.AreSignedNumbers([.. column.Values.Select(v => v.Text)]);
        }

        var numbers = column.Numbers(t => double.Parse(t, CultureInfo.InvariantCulture));
        return numbers.All(double.IsInteger) && (ColumnName.SaysId(column.Name) || numbers.Zip(numbers.Skip(1)).All(p => p.Second == p.First + 1));
    }

    // Another column of few values from which this one follows, row for row.
    private TextColumn? RepeatedBy(TextColumn column) => _table.RowCount < FewestRowsForRepetition ? null : _table.Columns.FirstOrDefault(other =>
        other != column && other != _target.Column && other.Values.Count > column.Values.Count && other.Values.Count <= DraftedFeature.MostLevels && Follows(column, other));

    private bool Follows(TextColumn column, TextColumn other)
    {
        var told = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var row = 0; row < _table.RowCount; row++)
        {
            var (text, by) = (column.At(row) ?? "", other.At(row) ?? "");
            if (!told.TryAdd(by, text) && told[by] != text)
            {
                return false;
            }
        }

        return true;
    }

    // Its own column is free for it; every other column's name is taken.
    private HashSet<string> NamesBut(TextColumn column)
    {
        _names.Remove(column.Name);
        return _names;
    }

    private List<string> ToCheck() =>
    [
        $"target: \"{_target.Bad}\" of {_target.Column.Name} is bad, {100.0 * _bad.Count(b => b) / _table.RowCount:0.0} % of the rows; say in meaning, noun and horizon what that is",
        .. _bad.Count(b => b) is < 40 and var few ? [$"only {few} bad rows: training needs at least 20, and more to be of use"] : Array.Empty<string>(),
        .. Tell(f => f.AreCodes, "codes: what do they mean, and do they have an order"),
        .. Tell(f => !f.AreCodes && (string)f.Json["kind"]! == "ordinal", "order of the levels"),
        .. _features.Any(f => f.Json["missing"] is not null) ? ["missing values: may an applicant leave them out?"] : Array.Empty<string>(),
        "features that are known only after the decision: take them out, whatever they add",
        "labels, help and reasons: they stand on the form and in every decision",
        "protected: mark what tells of sex, family, origin or the like",
        "currency, allowed ranges, and the bands and costs of the policy",
        .. _table.UnreadableRows > 0 ? [$"{_table.UnreadableRows:N0} rows that have more or fewer fields than the header; they were left out"] : Array.Empty<string>(),
    ];

    private IEnumerable<string> Tell(Func<DraftedFeature, bool> which, string what) =>
        _features.Where(which).Select(f => f.Column.Name).ToList() is { Count: > 0 } names ? [$"{what}: {string.Join(", ", names)}"] : [];
}
