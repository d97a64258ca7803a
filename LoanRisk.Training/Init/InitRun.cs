using LoanRisk.Lending.ProductFiles;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;
using LoanRisk.Pipeline;

namespace LoanRisk.Training.Init;

/// <summary>What to draft.</summary>
/// <param name="Id">Id of the product.</param>
/// <param name="Target">The outcome's column; null where the table says it.</param>
/// <param name="Bad">The outcome's bad value; null where the table says it.</param>
public sealed record InitOptions(string Id, string? Target, string? Bad);

/// <summary>
/// Drafts a product file from a table: the values and the name of a column say what it is. Ids, dates and constant columns, free texts,
/// columns that repeat others, columns that seem to know the outcome and those about a protected attribute are no features; the result
/// names each of them.
/// </summary>
public sealed class InitRun
{
    private const int FewestRowsForRepetition = 100;

    private readonly TextTable _table;
    private readonly InitOptions _options;
    private readonly TargetGuess _target;
    private readonly bool[] _bad;
    private readonly DraftedColumns _drafted = new();
    private readonly Assumptions _assumptions = new();
    private readonly HashSet<string> _names;

    private InitRun(TextTable table, InitOptions options)
    {
        _options = options;
        foreach (var column in table.Columns)
        {
            column.Settle();
        }

        HeaderGuess.RequireNames(table.FileName, table.Columns);
        var target = TargetGuess.Find(table.Columns, options.Target, options.Bad);
        _table = table.WithValueIn(target.Column);
        _target = target.In(_table.Columns);
        _bad = _target.BadRows;
        _names = new HashSet<string>(_table.Columns.Select(c => c.Name).Where(n => n.Length > 0), StringComparer.OrdinalIgnoreCase);
        _assumptions.Read(table, _table, _target, _bad);
    }

    /// <summary>Reads a file and drafts.</summary>
    /// <exception cref="InvalidOptionException">No column can be the target, nothing says which one is, or the one that was named cannot;
    /// or the file has no line of names.</exception>
    /// <exception cref="InvalidInputException">There is nothing to learn from, or most of the file cannot be read.</exception>
    public static ProductDraft Run(string path, InitOptions options, IProgress<double> progress, CancellationToken cancellationToken) =>
        new InitRun(TextTable.Read(path, progress, cancellationToken), options).Draft();

    private ProductDraft Draft()
    {
        foreach (var column in _table.Columns)
        {
            Place(column);
        }

        var product = Proven();
        var json = DraftText.Of(product);
        ProductFile.Parse(json, "product.json");
        return new ProductDraft(
            json,
            $"{_target.Column.Name}, {_target.Why}",
            _table.RowCount,
            _bad.Count(b => b),
            _drafted.Became(_table.Columns),
            _assumptions.Of(_drafted));
    }

    // What the product would refuse of its own table is left out, and said.
    private System.Text.Json.Nodes.JsonObject Proven()
    {
        while (_drafted.Features.Count > 0)
        {
            var json = DraftedProduct.Of(_options.Id, _table.FileName, _target, _drafted);
            var product = ProductFile.Parse(DraftText.Of(json), "product.json");
            var refused = _drafted.Features.Zip(product.Features)
                .Select(f => (f.First, Why: DraftProof.Refused(product, f.Second, f.First.Column)))
                .Where(f => f.Why is not null)
                .ToList();
            if (refused.Count == 0)
            {
                return json;
            }

            foreach (var (feature, why) in refused)
            {
                _drafted.LeaveOutAfterAll(feature, $"its values are not read as they are written: {why}");
                _assumptions.Unused(feature.Column.Name, $"its values are not read as they are written: {why}");
            }
        }

        throw new InvalidInputException(
            $"{_table.FileName} has no column that a model could use: "
            + $"{string.Join("; ", _drafted.Became(_table.Columns).Select(b => $"{b.Column}: {b.Became}"))}.");
    }

    private void Place(TextColumn column)
    {
        if (column == _target.Column)
        {
            _drafted.Say(column, $"target: {_target.Bad} is bad, {_target.Good} is good");
        }
        else if (WhyUnusable(column) is { } why)
        {
            _drafted.LeaveOut(column, why);
        }
        else if (ProtectedColumn.Why(column) is { } what)
        {
            _drafted.Protect(column, what);
        }
        else
        {
            PlaceValues(column);
        }
    }

    private string? WhyUnusable(TextColumn column) =>
        column.Name.Length == 0 ? "its header has no name"
        : column.Name.Length > 200 || column.Name.Any(char.IsControl) ? "its name is too long, or has characters that cannot be shown"
        : _table.Columns.TakeWhile(c => c != column).FirstOrDefault(
            c => c.Name.Equals(column.Name, StringComparison.OrdinalIgnoreCase)) is { } twin
            ? $"its name differs from {twin.Name} in capitals alone; rename it"
        : column.Values.Count == 0 ? "it is empty"
        : column.Values.Count == 1 ? $"it is always {column.Values[0].Text}{(column.MissingRows > 0 ? " where it is given" : "")}"
        : null;

    private void PlaceValues(TextColumn column)
    {
        if (IdGuess.Contact(column) is { } contact)
        {
            _drafted.LeaveOut(column, $"{contact}: they say who somebody is");
        }
        else if (DateGuess.Of(column) is { } date)
        {
            PlaceDate(column, date);
        }
        else if (DateGuess.Unreadable(column) is { } unread)
        {
            _drafted.LeaveOut(column, unread);
            _assumptions.Unused(column.Name, unread);
        }
        else if (IdGuess.IsId(column))
        {
            _drafted.AddId(column);
            _assumptions.Id(column);
        }
        else
        {
            PlaceFeature(column);
        }
    }

    private void PlaceDate(TextColumn column, DateGuess date)
    {
        if (_drafted.Date is { } first)
        {
            _drafted.LeaveOut(column, $"it is a date ({date.Format}), and {first.Column.Name} is one already");
        }
        else if (column.MissingRows > 0)
        {
            _drafted.LeaveOut(column, $"it is a date ({date.Format}) with {column.MissingRows:N0} gaps");
        }
        else
        {
            _drafted.SetDate(column, date.Format);
            _assumptions.Date(column, date);
        }
    }

    private void PlaceFeature(TextColumn column)
    {
        var codes = SpecialCodesOf(column);
        var (feature, whyNot) = DraftedFeature.Of(column, ColumnName.Field(column.Name, NamesBut(column)), _bad);
        if (feature is null)
        {
            _drafted.LeaveOut(column, whyNot!);
            if (WrittenNumbers.AreUnreadable([.. column.Values.Select(v => v.Text)])
                || column.Values.All(v => WrittenNumbers.IsOne(v.Text)))
            {
                _assumptions.Unused(column.Name, whyNot!);
            }

            return;
        }

        if (WhyNoFeature(column, feature) is { } why)
        {
            _drafted.LeaveOut(column, why);
            return;
        }

        _drafted.Add(feature);
        _assumptions.Codes(column, codes);
        _assumptions.Feature(feature);
    }

    private string? WhyNoFeature(TextColumn column, DraftedFeature feature)
    {
        var cells = (string?[])[.. Enumerable.Range(0, column.RowCount).Select(row => Cell(column.At(row), feature.Written))];
        var strength = ColumnStrength.Of(new FileColumn(column.Name, cells), _bad);
        return strength.GivesAway ? $"it alone tells the outcome (AUC {strength.Auc:0.000}): most likely it was written afterwards"
            : _drafted.Features.FirstOrDefault(
                f => f.Column.Values.Count == column.Values.Count && f.Column.HasSameTexts(column)) is { } twin
                ? $"it is equal to {twin.Column.Name} in every row"
            : (string)feature.Json["kind"]! != "numeric" && RepeatedBy(column) is { } finer ? $"it repeats {finer.Name} more coarsely"
            : null;
    }

    private static string? Cell(string? text, WrittenNumbers written) =>
        text is null || written.IsPlain ? text : LoanRisk.Lending.DecimalNotation.Of(WrittenNumbers.Read(text));

    // Repeated numbers that cannot belong to the others are taken for missing values before ranges and units are looked at.
    private static SpecialCodes? SpecialCodesOf(TextColumn column)
    {
        if (column.Values.Count < 3 || !column.Values.All(v => TextColumn.IsNumber(v.Text)))
        {
            return null;
        }

        var codes = SpecialCodes.Of(column.Numbers(WrittenNumbers.Read));
        column.TakeAsMissing(
            column.Values.Where(v => codes.Far.Contains(WrittenNumbers.Read(v.Text)))
                .SelectMany(v => column.OtherSpellings(v.Text).Prepend(v.Text))
                .ToList());
        return codes;
    }

    // Another column of few values from which this one follows, row for row.
    private TextColumn? RepeatedBy(TextColumn column) =>
        _table.RowCount < FewestRowsForRepetition ? null : _table.Columns.FirstOrDefault(other =>
        other != column
            && other != _target.Column
            && other.Values.Count > column.Values.Count
            && other.Values.Count <= DraftedFeature.MostLevels
            && column.Follows(other));

    // Its own column is free for it; every other column's name is taken.
    private HashSet<string> NamesBut(TextColumn column)
    {
        _names.Remove(column.Name);
        return _names;
    }
}
