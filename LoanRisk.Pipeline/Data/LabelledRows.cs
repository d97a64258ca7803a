using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Data;

/// <summary>A labelled CSV file row by row, each checked as an application is.</summary>
public sealed class LabelledRows
{
    private readonly CsvSource _source;
    private readonly LoanProduct _product;
    private readonly ApplicationColumns _columns;
    private readonly int _target;
    private readonly int _date;
    private readonly UsableRows _usable;
    private readonly int[] _ids;

    /// <summary>Finds the product's columns.</summary>
    /// <exception cref="CsvFileException">A feature or the target has no column.</exception>
    public LabelledRows(CsvSource source, LoanProduct product)
    {
        (_source, _product, _usable) = (source, product, new UsableRows(source.Path));
        _columns = new ApplicationColumns(source, product);
        _target = source.Column(product.Target.Column);
        _date = product.Date is { } date ? source.Header.ToList().IndexOf(date.Column) : -1;
        _ids = [.. product.Ids.Select(id => source.Header.ToList().IndexOf(id.Column))];
    }

    /// <summary>The current row; null when it cannot be used.</summary>
    public LoanApplication? Application { get; private set; }

    /// <summary>True when the current row turned bad.</summary>
    public bool Bad { get; private set; }

    /// <summary>The file has the product's date column.</summary>
    public bool HasDates => _date >= 0;

    /// <summary>From when the current row is; null without a date column.</summary>
    public DateOnly? Date { get; private set; }

    /// <summary>The current row has no outcome yet; <see cref="Problem"/> says so, but nothing is wrong with it.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>An id of the current row, by its place in the product; null when the file lacks the column or the row has none.</summary>
    public string? Id(int place) => _ids[place] >= 0 && _source.Fields[_ids[place]].Trim() is { Length: > 0 } id ? id : null;

    /// <summary>Why the current row cannot be used; null when it can.</summary>
    public string? Problem { get; private set; }

    /// <summary>Goes to the next row; false after the last.</summary>
    /// <exception cref="CsvFileException">Most rows so far cannot be used.</exception>
    public bool Read()
    {
        if (!_source.Read())
        {
            return false;
        }

        Check();
        if (Problem is null || IsOpen)
        {
            _usable.Add();
        }
        else
        {
            _usable.Refuse(_source.Line, Problem);
        }

        return true;
    }

    private void Check()
    {
        IsOpen = false;
        if (_source.Problem is { } problem)
        {
            (Application, Problem) = (
                null,
                TotalLine.Looks(_source.Fields, _source.Header.Count) ? $"looks like a total line, not like a row: {problem}" : problem);
            return;
        }

        var label = _source.Fields[_target].Trim();
        if (_product.Target.IsOpen(label))
        {
            (Application, IsOpen, Problem) = (null, true, $"{_product.Target.Column} is \"{label}\": the row has no outcome.");
            return;
        }

        var check = _columns.Check(_source.Fields);
        var isBad = _product.Target.IsBad(label);
        Bad = isBad is true;
        Date = HasDates ? _product.Date!.Read(_source.Fields[_date]) : null;
        string[] problems =
        [
            .. check.Problems.Select(p => p.Message),
            .. isBad is null ? [LabelProblem(label)] : Array.Empty<string>(),
            .. HasDates && Date is null ? [DateProblem()] : Array.Empty<string>(),
        ];
        Application = problems.Length == 0 ? check.Application : null;
        Problem = Application is null ? string.Join(" ", problems) : null;
    }

    private string DateProblem() =>
        $"{_product.Date!.Column} must be a date as {_product.Date.Format}, for example {_product.Date.Write(new DateOnly(2026, 11, 1))}; "
        + $"it was \"{_source.Fields[_date].Trim()}\".";

    private string LabelProblem(string label) =>
        $"{_product.Target.Column} must be {_product.Target.Bad} ({_product.Target.Meaning}) or {_product.Target.Good}; "
        + $"it was \"{label}\".";
}
