using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Score;

/// <summary>What a scoring run did.</summary>
/// <param name="Scored">Rows in the output, by outcome.</param>
/// <param name="Refused">Rows in the error file.</param>
/// <param name="WithWarnings">Scored rows that hold something unusual.</param>
/// <param name="ErrorFile">The error file, or null when no row was refused.</param>
/// <param name="FirstRefused">The first rows in the error file, at most <see cref="UsableRows.CausesTold"/>.</param>
public sealed record ScoringResult(
    IReadOnlyDictionary<Outcome, long> Scored, long Refused, long WithWarnings, string? ErrorFile, IReadOnlyList<RowProblem> FirstRefused)
{
    /// <summary>Rows to which the package's ML.NET model gave the same score; 0 where there is none.</summary>
    public int Compared { get; init; }

    /// <summary>Rows in the output.</summary>
    public long ScoredTotal => Scored.Values.Sum();
}

/// <summary>
/// Scores a CSV file of any length: blocks of records are read one after another, decided about on all cores and written in order, so that
/// memory does not grow with the file. All columns are carried through and the decision's are added.
/// </summary>
public sealed class ScoringRun
{
    /// <summary>The most reasons that have a column.</summary>
    public const int MostReasons = 4;

    /// <summary>Rows whose scores are held against the package's ML.NET model, before any of them is written.</summary>
    public const int MostCompared = 1_000;

    private readonly ScoringPlan _plan;
    private readonly CsvBlocks _blocks;
    private readonly OutputFile _output;
    private readonly ErrorFile _errors;
    private readonly UsableRows _usable;
    private readonly IProgress<double> _progress;
    private readonly Stack<ScoringBlock> _free = [];
    private readonly long[] _outcomes = new long[Enum.GetValues<Outcome>().Length];
    private readonly UnseenLevels _unseen;
    private long _withWarnings;
    private int _compared;

    private ScoringRun(ScoringPlan plan, CsvBlocks blocks, OutputFile output, ErrorFile errors, IProgress<double> progress)
    {
        (_plan, _blocks, _output, _errors, _usable, _progress) = (plan, blocks, output, errors, new UsableRows(plan.Path), progress);
        _unseen = new UnseenLevels(plan.DecisionEngine.Product);
    }

    /// <summary>The columns that are added.</summary>
    public static IReadOnlyList<string> AddedColumns(int reasons) =>
        ["probability", "decision", .. Enumerable.Range(1, reasons).Select(i => $"reason{i}")];

    /// <summary>Scores a file. The output appears under its name only when it is whole.</summary>
    /// <param name="engine">Who decides.</param>
    /// <param name="task">What is read and written.</param>
    /// <param name="progress">Told how much of the file has been decided about.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="InvalidOptionException">Input and output are one file.</exception>
    /// <exception cref="CsvFileException">The input as a whole cannot be used, for example because a column is spelled unlike the
    /// product's.</exception>
    /// <exception cref="InvalidInputException">The input already has a column that would be added.</exception>
    /// <exception cref="ScoresDifferException">The package's ML.NET model gives another score to one of the first rows.</exception>
    public static ScoringResult Run(
        DecisionEngine engine, ScoringTask task, IProgress<double> progress, CancellationToken cancellationToken)
    {
        var (input, output) = task;
        var errorPath = ErrorFile.PathFor(output);
        if (OutputFile.Same(input, output) || OutputFile.Same(input, errorPath))
        {
            throw new InvalidOptionException($"The output would overwrite the input {input}; name another file.");
        }

        using var source = CsvSource.Open(input);
        RefuseTakenColumns(source, task.Reasons);
        using var errors = new ErrorFile(errorPath, source.Separator, task.Cells);
        using var file = new OutputFile(output);
        using var blocks = CsvBlocks.Open(input);
        CsvText.WriteRow(file.Writer, source.Header.Concat(AddedColumns(task.Reasons)), source.Separator, task.Cells);
        var run = new ScoringRun(new ScoringPlan(engine, source, task.Reasons, task.Cells), blocks, file, errors, progress);
        OrderedWork.Run(run.Read, block => block.Decide(), run.Write, cancellationToken);
        run._unseen.RequireMostKnown(input, run._outcomes.Sum());
        file.Finish();
        errors.Finish();
        return run.Result(errorPath);
    }

    private static void RefuseTakenColumns(CsvSource source, int reasons)
    {
        if (AddedColumns(reasons).FirstOrDefault(source.Header.Contains) is { } taken)
        {
            throw new InvalidInputException(
                $"{source.Path} already has a column \"{taken}\", which scoring adds. Rename it or leave it out.");
        }
    }

    private ScoringBlock? Read()
    {
        if (_blocks.Next() is not { } records)
        {
            return null;
        }

        var block = _free.TryPop(out var free) ? free : new ScoringBlock(_plan);
        block.Records = records;
        return block;
    }

    private void Write(ScoringBlock block)
    {
        if (_plan.DecisionEngine.Scoring != ScoringMode.Engine)
        {
            _compared += block.CheckSecond(MostCompared - _compared);
        }

        _output.Write(block.Output);
        _usable.Add(block.Outcomes.Sum());
        block.Problems.ForEach(problem =>
        {
            _errors.Add(problem.Line, problem.Cause);
            _usable.Refuse(problem.Line, problem.Cause);
        });
        for (var outcome = 0; outcome < _outcomes.Length; outcome++)
        {
            _outcomes[outcome] += block.Outcomes[outcome];
        }

        _unseen.Add(block.Unseen);
        _withWarnings += block.WithWarnings;
        _progress.Report(block.Records!.ShareRead);
        _blocks.Return(block.Records);
        _free.Push(block);
    }

    private ScoringResult Result(string errorPath) => new(
        Enum.GetValues<Outcome>().ToDictionary(outcome => outcome, outcome => _outcomes[(int)outcome]),
        _errors.Rows,
        _withWarnings,
        _errors.Rows == 0 ? null : errorPath,
        _errors.First)
    {
        Compared = _compared,
    };
}
