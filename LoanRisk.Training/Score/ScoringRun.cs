using LoanRisk.Lending.Decisions;
using LoanRisk.Training.Csv;
using LoanRisk.Training.Data;

namespace LoanRisk.Training.Score;

/// <summary>What a scoring run did.</summary>
/// <param name="Scored">Rows in the output, by outcome.</param>
/// <param name="Refused">Rows in the error file.</param>
/// <param name="WithWarnings">Scored rows that hold something unusual.</param>
/// <param name="ErrorFile">The error file, or null when no row was refused.</param>
/// <param name="FirstRefused">The first row in the error file, or null.</param>
public sealed record ScoringResult(IReadOnlyDictionary<Outcome, long> Scored, long Refused, long WithWarnings, string? ErrorFile, RowProblem? FirstRefused)
{
    /// <summary>Rows in the output.</summary>
    public long ScoredTotal => Scored.Values.Sum();
}

/// <summary>
/// Scores a CSV file of any length: blocks of rows are read, decided on all cores and written in order, so that memory does not grow with the
/// file. All columns are carried through and the decision's are added.
/// </summary>
public sealed class ScoringRun
{
    /// <summary>Rows in memory at a time.</summary>
    public const int BlockRows = 2_048;

    /// <summary>Reasons that have a column.</summary>
    public const int ReasonColumns = 4;

    private readonly Underwriter _underwriter;
    private readonly CsvSource _source;
    private readonly ApplicationColumns _columns;
    private readonly StreamWriter _output;
    private readonly ErrorFile _errors;
    private readonly Dictionary<Outcome, long> _scored = Enum.GetValues<Outcome>().ToDictionary(o => o, _ => 0L);
    private long _withWarnings;

    private ScoringRun(Underwriter underwriter, CsvSource source, StreamWriter output, ErrorFile errors)
    {
        (_underwriter, _source, _output, _errors) = (underwriter, source, output, errors);
        _columns = new ApplicationColumns(source, underwriter.Product);
    }

    /// <summary>The columns that are added.</summary>
    public static IReadOnlyList<string> AddedColumns { get; } =
        ["probability", "decision", .. Enumerable.Range(1, ReasonColumns).Select(i => $"reason{i}")];

    /// <summary>Scores a file. The output appears under its name only when it is whole.</summary>
    /// <exception cref="UsageException">Input and output are one file.</exception>
    /// <exception cref="CsvFileException">The input as a whole cannot be used.</exception>
    /// <exception cref="WorkFailedException">The input already has a column that would be added.</exception>
    public static ScoringResult Run(Underwriter underwriter, string input, string output, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var errorPath = ErrorFile.PathFor(output);
        if (OutputFile.Same(input, output) || OutputFile.Same(input, errorPath))
        {
            throw new UsageException($"The output would overwrite the input {input}; name another file.");
        }

        using var source = CsvSource.Open(input);
        RefuseTakenColumns(source);
        using var errors = new ErrorFile(errorPath, source.Separator);
        using var file = new OutputFile(output);
        var run = new ScoringRun(underwriter, source, file.Writer, errors);
        run.ScoreAll(progress, cancellationToken);
        file.Finish();
        errors.Finish();
        return new ScoringResult(run._scored, errors.Rows, run._withWarnings, errors.Rows == 0 ? null : errorPath, errors.First);
    }

    private static void RefuseTakenColumns(CsvSource source)
    {
        if (AddedColumns.FirstOrDefault(source.Header.Contains) is { } taken)
        {
            throw new WorkFailedException($"{source.Path} already has a column \"{taken}\", which scoring adds. Rename it or leave it out.");
        }
    }

    private void ScoreAll(IProgress<double> progress, CancellationToken cancellationToken)
    {
        CsvText.WriteRow(_output, _source.Header.Concat(AddedColumns), _source.Separator);
        var rows = new Row[BlockRows];
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        for (var count = ReadBlock(rows); count > 0; count = ReadBlock(rows))
        {
            Parallel.For(0, count, parallel, i => rows[i] = Decide(rows[i]));
            foreach (var row in rows.AsSpan(0, count))
            {
                WriteRow(row);
            }

            progress.Report(_source.ShareRead);
        }
    }

    private int ReadBlock(Row[] rows)
    {
        var count = 0;
        while (count < rows.Length && _source.Read())
        {
            rows[count++] = new Row(_source.Line, _source.Fields, _source.Problem, null);
        }

        return count;
    }

    private Row Decide(Row row)
    {
        if (row.Problem is not null)
        {
            return row;
        }

        var check = _columns.Check(row.Fields);
        return check.Application is { } application
            ? row with { Decision = _underwriter.Decide(application) }
            : row with { Problem = string.Join(" ", check.Problems.Select(p => p.Message)) };
    }

    private void WriteRow(Row row)
    {
        if (row.Decision is not { } decision)
        {
            _errors.Add(row.Line, row.Problem!);
            return;
        }

        _scored[decision.Outcome]++;
        _withWarnings += decision.Warnings.Count > 0 ? 1 : 0;
        CsvText.WriteRow(_output, row.Fields.Concat(Columns(decision)), _source.Separator);
    }

    private static IEnumerable<string> Columns(Decision decision) =>
    [
        decision.Probability.ToString("R"),
        decision.Outcome.ToString().ToLowerInvariant(),
        .. Enumerable.Range(0, ReasonColumns).Select(i => i < decision.Reasons.Count ? decision.Reasons[i].Text : ""),
    ];

    private readonly record struct Row(long Line, string[] Fields, string? Problem, Decision? Decision);
}
