using System.Buffers;
using System.Globalization;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Data;

namespace LoanRisk.Pipeline.Score;

/// <summary>
/// One block of the file on its way from bytes to bytes: its rows are read, checked, decided about and written. Used again for block after
/// block.
/// </summary>
internal sealed class ScoringBlock
{
    private static readonly byte[][] OutcomeNames =
    [
        .. Enum.GetNames<Outcome>().Select(name => System.Text.Encoding.UTF8.GetBytes(name.ToLowerInvariant()))
    ];

    private readonly ScoringPlan _plan;
    private readonly CsvBlockRecords _records;
    private readonly DecisionBlock _decisions;
    private readonly ReasonPlace[] _reasons;
    private readonly List<RowPlace> _rows = [];
    private readonly List<(int Row, LoanApplication Application)> _checked = [];
    private readonly List<int> _unseen = [];
    private readonly ArrayBufferWriter<byte> _rewritten = new();
    private readonly ArrayBufferWriter<byte> _output = new();

    public ScoringBlock(ScoringPlan plan)
    {
        _plan = plan;
        _records = new CsvBlockRecords(plan.Path, plan.Separator, plan.ColumnCount);
        _decisions = new DecisionBlock(plan.DecisionEngine, explained: plan.ReasonColumns > 0);
        _reasons = new ReasonPlace[plan.ReasonColumns];
        Unseen = new UnseenLevels(plan.DecisionEngine.Product);
    }

    /// <summary>What is read.</summary>
    public CsvBlock? Records { get; set; }

    /// <summary>The decided rows as they are written.</summary>
    public ReadOnlySpan<byte> Output => _output.WrittenSpan;

    /// <summary>The rows that cannot be decided about.</summary>
    public List<RowProblem> Problems { get; } = [];

    /// <summary>Decided rows by outcome.</summary>
    public long[] Outcomes { get; } = new long[OutcomeNames.Length];

    /// <summary>Levels that the product does not list.</summary>
    public UnseenLevels Unseen { get; }

    /// <summary>Decided rows that hold something unusual.</summary>
    public long WithWarnings { get; private set; }

    /// <summary>Does the work.</summary>
    /// <exception cref="CsvFileException">The rest of the file cannot be told apart into rows.</exception>
    public void Decide()
    {
        Clear();
        _records.Start(Records!);
        while (_records.Read())
        {
            if (_records.Problem is { } problem)
            {
                Problems.Add(new RowProblem(_records.Line, problem));
            }
            else
            {
                ReadRow();
            }
        }

        _decisions.Decide();
        Write();
    }

    /// <summary>Holds the scores of the first rows against the second model's, where there is one.</summary>
    /// <returns>How many rows were looked at.</returns>
    /// <exception cref="ScoresDifferException">The second model gives another score.</exception>
    public int CheckSecond(int most) => _decisions.CheckSecond(most);

    private void Clear()
    {
        _rows.Clear();
        _checked.Clear();
        _rewritten.ResetWrittenCount();
        _output.ResetWrittenCount();
        _decisions.Clear();
        Problems.Clear();
        Unseen.Clear();
        Array.Clear(Outcomes);
        WithWarnings = 0;
    }

    private void ReadRow()
    {
        var row = _decisions.Next();
        _unseen.Clear();
        for (var feature = 0; feature < row.Length; feature++)
        {
            if (!_plan.Readers[feature].TryRead(_records.Value(_plan.Columns[feature]), out row[feature], out var unusual))
            {
                CheckRow(row);
                return;
            }

            if (unusual)
            {
                _unseen.Add(feature);
            }
        }

        AddRow(_unseen, _unseen.Count > 0);
    }

    // Something is not plain about the row: the check that every application goes through says what.
    private void CheckRow(Span<double> row)
    {
        var check = _plan.Check(_records.Texts());
        if (check.Application is not { } application)
        {
            Problems.Add(new RowProblem(_records.Line, string.Join(" ", check.Problems.Select(p => p.Message))));
            return;
        }

        for (var feature = 0; feature < row.Length; feature++)
        {
            row[feature] = application.Row[feature];
        }

        Unseen.Add(application);
        _checked.Add((_decisions.Count, application));
        AddRow(application.Unseen, application.Warnings.Count > 0);
    }

    private void AddRow(IReadOnlyList<int> unseen, bool isUnusual)
    {
        var (start, length) = _records.Place;
        var isAsWritten = _records.IsAsWritten(_plan.Cells);
        if (!isAsWritten)
        {
            start = _rewritten.WrittenCount;
            _records.CopyTo(_rewritten, _plan.Cells);
            length = _rewritten.WrittenCount - start;
        }

        _rows.Add(new RowPlace(start, length, !isAsWritten));
        _decisions.Add(unseen);
        WithWarnings += isUnusual ? 1 : 0;
    }

    private void Write()
    {
        var nextChecked = 0;
        for (var row = 0; row < _rows.Count; row++)
        {
            var application = nextChecked < _checked.Count && _checked[nextChecked].Row == row ? _checked[nextChecked++].Application : null;
            var (start, length, isRewritten) = _rows[row];
            _output.Write(isRewritten ? _rewritten.WrittenSpan.Slice(start, length) : Records!.Text.Slice(start, length));
            var (probability, outcome) = _decisions[row];
            Outcomes[(int)outcome]++;
            WriteProbability(probability);
            WriteSeparated(OutcomeNames[(int)outcome]);
            WriteReasons(row, application);
            _output.Write("\n"u8);
        }
    }

    // "R" writes the shortest digits that give the same double back.
    private void WriteProbability(double probability)
    {
        var room = _output.GetSpan(40);
        room[0] = (byte)_plan.Separator;
        probability.TryFormat(room[1..], out var length, "R", CultureInfo.InvariantCulture);
        _output.Advance(length + 1);
    }

    private void WriteReasons(int row, LoanApplication? application)
    {
        if (_reasons.Length == 0)
        {
            return;
        }

        var count = _decisions.Reasons(row, _reasons);
        for (var place = 0; place < _reasons.Length; place++)
        {
            WriteSeparated(place < count ? TextOf(_reasons[place], row, application) : []);
        }
    }

    private byte[] TextOf(ReasonPlace reason, int row, LoanApplication? application)
    {
        if (reason.Rule is { } rule)
        {
            return _plan.Reasons.OfRule(rule);
        }

        var number = _decisions.Row(row)[reason.Feature];
        return (application, reason.IsUnseen) switch
        {
            (null, false) => _plan.Reasons.Of(reason.Feature, number),
            (null, true) =>
                CsvBytes.OfField(ReasonText.Unseen(_plan.DecisionEngine.Product, reason.Feature, number), _plan.Separator, _plan.Cells),
            ({ } given, false) => CsvBytes.OfField(ReasonText.Raising(given, reason.Feature), _plan.Separator, _plan.Cells),
            ({ } given, true) => CsvBytes.OfField(ReasonText.Unseen(given, reason.Feature), _plan.Separator, _plan.Cells),
        };
    }

    private void WriteSeparated(byte[] field)
    {
        var room = _output.GetSpan(field.Length + 1);
        room[0] = (byte)_plan.Separator;
        field.CopyTo(room[1..]);
        _output.Advance(field.Length + 1);
    }

    private readonly record struct RowPlace(int Start, int Length, bool IsRewritten);
}
