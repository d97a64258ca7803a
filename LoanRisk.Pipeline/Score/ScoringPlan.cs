using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Score;

/// <summary>What all blocks of one file share: where its columns stand, who decides, what is added. Safe for all threads.</summary>
internal sealed class ScoringPlan
{
    private readonly ApplicationColumns _columns;

    /// <exception cref="CsvFileException">A feature has no column.</exception>
    public ScoringPlan(DecisionEngine engine, CsvSource source, int reasonColumns, Cells cells)
    {
        (DecisionEngine, ReasonColumns, Cells) = (engine, reasonColumns, cells);
        (Path, Separator, ColumnCount) = (source.Path, source.Separator, source.Header.Count);
        _columns = new ApplicationColumns(source, engine.Product);
        Columns = [.. _columns.Places];
        Readers = [.. engine.Product.Features.Select(feature => new Utf8FieldReader(feature))];
        Reasons = new ReasonBytes(engine.Product, source.Separator, cells);
    }

    /// <summary>Who decides.</summary>
    public DecisionEngine DecisionEngine { get; }

    /// <summary>Columns for reasons that are added, 0 to 4.</summary>
    public int ReasonColumns { get; }

    /// <summary>How cells are written.</summary>
    public Cells Cells { get; }

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

    /// <summary>The reasons' texts.</summary>
    public ReasonBytes Reasons { get; }

    /// <summary>Checks a row that is not plain.</summary>
    public ApplicationCheck Check(string[] fields) => _columns.Check(fields);
}
