using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LoanRisk.Lending.Decisions;

/// <summary>
/// Decides about many feature rows at once, as <see cref="DecisionEngine.Decide"/> does about one application: the same probability,
/// outcome and reasons, without the rest of a <see cref="Decision"/>. One is used again for block after block, by one thread at a time.
/// </summary>
public sealed class DecisionBlock
{
    private readonly DecisionEngine _engine;
    private readonly PolicyRules _rules;
    private readonly bool _explained;
    private readonly int _width;
    private double[] _rows = [];
    private double[] _rawScores = [];
    private double[] _parts = [];
    private readonly List<int> _unseen = [];
    private int[] _unseenEnds = [];

    /// <summary>An empty block.</summary>
    /// <param name="engine">Whose model and policy decide.</param>
    /// <param name="explained">Reasons are wanted; they take most of the time.</param>
    public DecisionBlock(DecisionEngine engine, bool explained)
    {
        (_engine, _rules, _explained) = (engine, engine.Rules, explained);
        _width = engine.Product.Features.Count;
    }

    /// <summary>Rows in the block.</summary>
    public int Count { get; private set; }

    /// <summary>The feature row at a place.</summary>
    public ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * _width, _width);

    /// <summary>Empties the block.</summary>
    public void Clear()
    {
        Count = 0;
        _unseen.Clear();
    }

    /// <summary>
    /// Room for the values of the next row, as <see cref="Applications.LoanApplication.Row"/> has them; it counts once <see cref="Add"/> is
    /// called.
    /// </summary>
    public Span<double> Next()
    {
        if (_rows.Length < (Count + 1) * _width)
        {
            Array.Resize(ref _rows, Math.Max(64, Count * 2) * _width);
        }

        return _rows.AsSpan(Count * _width, _width);
    }

    /// <summary>Keeps the row that was written into <see cref="Next"/>.</summary>
    /// <param name="unseen">
    /// Places of the values that are unlike all that training has seen, as <see cref="Applications.LoanApplication.Unseen"/> has them: the
    /// row alone does not tell.
    /// </param>
    public void Add(IReadOnlyList<int> unseen)
    {
        if (_unseenEnds.Length <= Count)
        {
            Array.Resize(ref _unseenEnds, Math.Max(64, Count * 2));
        }

        _unseen.AddRange(unseen);
        _unseenEnds[Count++] = _unseen.Count;
    }

    /// <summary>Scores all rows, and explains them where reasons are wanted.</summary>
    /// <exception cref="UnexplainedScoreException">Base value and contributions of a row do not add up to its raw score.</exception>
    public void Decide()
    {
        var rows = _rows.AsSpan(0, Count * _width);
        Reserve(ref _rawScores, Count);
        _engine.Package.Trees.PredictRawBatch(rows, _rawScores.AsSpan(0, Count));
        if (!_explained)
        {
            return;
        }

        Reserve(ref _parts, Count * (_width + 1));
        _engine.Package.Trees.ContributionsBatch(rows, _parts.AsSpan(0, Count * (_width + 1)));
        for (var row = 0; row < Count; row++)
        {
            ExplainedScore.Check(_rawScores[row], _parts.AsSpan(row * (_width + 1), _width + 1));
        }
    }

    /// <summary>Holds the scores of the first rows against the second model's, where there is one.</summary>
    /// <param name="most">Rows to look at, at most.</param>
    /// <returns>How many were looked at.</returns>
    /// <exception cref="ScoresDifferException">The second model gives another score to one of them.</exception>
    public int CheckSecond(int most)
    {
        var count = Math.Min(most, Count);
        for (var row = 0; row < count; row++)
        {
            _engine.CheckSecond(Row(row), _rawScores[row]);
        }

        return count;
    }

    /// <summary>The decision about a row.</summary>
    public (double Probability, Outcome Outcome) this[int row]
    {
        get
        {
            var probability = _engine.Package.Calibration.Probability(_rawScores[row]);
            return (probability, _rules.OutcomeOf(probability, _rules.KnockOuts.AnyHolds(Row(row)), UnseenIn(row).Length > 0));
        }
    }

    /// <summary>
    /// Fills in the reasons against an applicant, the strongest first, and answers how many there are: at most four, or as many as there is
    /// room for.
    /// </summary>
    public int Reasons(int row, Span<ReasonPlace> reasons)
    {
        Debug.Assert(_explained, "the block was made without reasons");
        var (probability, outcome) = this[row];
        var referredFor = _rules.IsReferredForUnseen(probability, outcome) ? UnseenIn(row) : [];
        return ReasonRanking.Against(
            new ScoredRow(_rules, Row(row), _parts.AsSpan(row * (_width + 1), _width), referredFor, outcome), reasons);
    }

    private ReadOnlySpan<int> UnseenIn(int row) =>
        CollectionsMarshal.AsSpan(_unseen)[(row == 0 ? 0 : _unseenEnds[row - 1]).._unseenEnds[row]];

    private static void Reserve(ref double[] array, int length)
    {
        if (array.Length < length)
        {
            array = new double[Math.Max(length, array.Length * 2)];
        }
    }
}
