using LoanRisk.Lending.Applications;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Drift;

/// <summary>A block of a file on its way from bytes to columns of numbers. Used again for block after block.</summary>
internal sealed class SampleBlock
{
    private readonly SamplePlan _plan;
    private readonly CsvBlockRecords _records;
    private readonly double[] _row;

    public SampleBlock(SamplePlan plan)
    {
        _plan = plan;
        _records = new CsvBlockRecords(plan.Path, plan.Separator, plan.ColumnCount);
        _row = new double[plan.Readers.Length];
        Columns = [.. plan.Readers.Select(_ => new double[256])];
    }

    /// <summary>What is read.</summary>
    public CsvBlock? Records { get; set; }

    /// <summary>The values, one array a feature.</summary>
    public double[][] Columns { get; }

    /// <summary>Rows of them.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that cannot be read.</summary>
    public List<RowProblem> Problems { get; } = [];

    /// <exception cref="CsvFileException">The rest of the file cannot be told apart into rows.</exception>
    public void Read()
    {
        Count = 0;
        Problems.Clear();
        _records.Start(Records!);
        while (_records.Read())
        {
            if ((_records.Problem ?? ReadRow()) is { } problem)
            {
                Problems.Add(new RowProblem(_records.Line, problem));
            }
            else
            {
                Keep();
            }
        }
    }

    private string? ReadRow()
    {
        for (var feature = 0; feature < _row.Length; feature++)
        {
            if (!_plan.Readers[feature].TryRead(_records.Value(_plan.Columns[feature]), out _row[feature], out _))
            {
                return CheckRow();
            }
        }

        return null;
    }

    // Something is not plain about the row: the check that every application goes through says what.
    private string? CheckRow()
    {
        var check = _plan.Check(_records.Texts());
        if (check.Application is not { } application)
        {
            return string.Join(" ", check.Problems.Select(p => p.Message));
        }

        DriftProduct.Fill(application, _row);
        return null;
    }

    private void Keep()
    {
        for (var feature = 0; feature < _row.Length; feature++)
        {
            if (Columns[feature].Length == Count)
            {
                Array.Resize(ref Columns[feature], 2 * Count);
            }

            Columns[feature][Count] = _row[feature];
        }

        Count++;
    }
}

/// <summary>What all blocks of a file share. Safe for all threads.</summary>
internal sealed class SamplePlan
{
    private readonly ApplicationColumns _columns;

    /// <exception cref="CsvFileException">A feature has no column.</exception>
    public SamplePlan(Lending.Products.LoanProduct product, CsvSource source)
    {
        (Path, Separator, ColumnCount) = (source.Path, source.Separator, source.Header.Count);
        _columns = new ApplicationColumns(source, product);
        Columns = [.. _columns.Places];
        Readers = [.. product.Features.Select(feature => new Utf8FieldReader(feature))];
    }

    /// <summary>The file, for messages.</summary>
    public string Path { get; }

    /// <summary>What stands between the fields.</summary>
    public char Separator { get; }

    /// <summary>Columns of the file.</summary>
    public int ColumnCount { get; }

    /// <summary>The column of each feature.</summary>
    public int[] Columns { get; }

    /// <summary>The quick reader of each feature.</summary>
    public Utf8FieldReader[] Readers { get; }

    /// <summary>Checks a row that is not plain.</summary>
    public ApplicationCheck Check(string[] fields) => _columns.Check(fields);
}
