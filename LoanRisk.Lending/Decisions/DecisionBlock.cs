using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LoanRisk.Lending.Decisions;

/// <summary>
/// Decides about many feature rows at once, as <see cref="DecisionEngine.Decide"/> does about one application: the same probability, outcome and
/// reasons, without the rest of a <see cref="Decision"/>. One is used again for block after block, by one thread at a time.
/// </summary>
public sealed class DecisionBlock
{
    private readonly DecisionEngine _engine;
    private readonly KnockOutTable _rules;
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
        (_engine, _explained) = (engine, explained);
        _rules = new KnockOutTable(engine.Product);
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

    /// <summary>Room for the values of the next row, as <see cref="Applications.LoanApplication.Row"/> has them; it counts once <see cref="Add"/> is called.</summary>
    public Span<double> Next()
    {
        if (_rows.Length < (Count + 1) * _width)
        {
            Array.Resize(ref _rows, Math.Max(64, Count * 2) * _width);
        }

        return _rows.AsSpan(Count * _width, _width);
    }

    /// <summary>Keeps the row that was written into <see cref="Next"/>.</summary>
    /// <param name="unseen">Places of the values that are unlike all that training has seen, as <see cref="Applications.LoanApplication.Unseen"/> has them: the row alone does not tell.</param>
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

    /// <summary>The decision about a row.</summary>
    public (double Probability, Outcome Outcome) this[int row]
    {
        get
        {
            var probability = _engine.Package.Calibration.Probability(_rawScores[row]);
            return (probability, PolicyRules.Outcome(_engine.Product.Policy, probability, IsKnockedOut(Row(row)), UnseenIn(row).Length > 0));
        }
    }

    /// <summary>Fills in the reasons against an applicant, the strongest first, and answers how many there are: at most four, or as many as there is room for.</summary>
    public int Reasons(int row, Span<ReasonPlace> reasons)
    {
        Debug.Assert(_explained, "the block was made without reasons");
        var room = reasons[..Math.Min(reasons.Length, ReasonWriter.Most)];
        var values = Row(row);
        var count = 0;
        for (var rule = 0; rule < _rules.Count && count < room.Length; rule++)
        {
            if (_rules.Holds(rule, values))
            {
                room[count++] = new ReasonPlace(_rules.FeatureOf(rule), _rules.ReasonOf(rule), double.PositiveInfinity);
            }
        }

        var (probability, outcome) = this[row];
        var referredFor = PolicyRules.IsReferredForUnseen(_engine.Product.Policy, probability, outcome) ? UnseenIn(row) : [];
        foreach (var feature in referredFor[..Math.Min(referredFor.Length, room.Length - count)])
        {
            room[count++] = new ReasonPlace(feature, null, double.PositiveInfinity, IsUnseen: true);
        }

        count = AddRaising(row, values, referredFor, room, count, ReasonWriter.Negligible);
        return count > 0 || outcome != Outcome.Decline || room.IsEmpty ? count : AddLittle(row, values, room);
    }

    private int AddRaising(int row, ReadOnlySpan<double> values, ReadOnlySpan<int> named, Span<ReasonPlace> room, int count, double least)
    {
        var parts = Parts(row);
        for (var feature = 0; feature < parts.Length; feature++)
        {
            var part = parts[feature];
            if (part >= least && (count < room.Length || (count > 0 && part > room[count - 1].Contribution)) && !named.Contains(feature) && !IsNamedByRule(feature, values))
            {
                count = Insert(room, count, new ReasonPlace(feature, null, part));
            }
        }

        return count;
    }

    // A decline has a reason, also where nothing raises the score noticeably.
    private int AddLittle(int row, ReadOnlySpan<double> values, Span<ReasonPlace> room)
    {
        double[] raising = [.. Parts(row).ToArray().Where(part => part > ExplainedScore.Tolerance)];
        if (ReasonWriter.AddUp(raising))
        {
            return AddRaising(row, values, [], room, 0, Math.BitIncrement(ExplainedScore.Tolerance));
        }

        room[0] = new ReasonPlace(-1, ReasonText.Overall(_engine.Product.Policy), double.PositiveInfinity);
        return 1;
    }

    private ReadOnlySpan<double> Parts(int row) => _parts.AsSpan(row * (_width + 1), _width);

    private ReadOnlySpan<int> UnseenIn(int row) => CollectionsMarshal.AsSpan(_unseen)[(row == 0 ? 0 : _unseenEnds[row - 1]).._unseenEnds[row]];

    // Before the first weaker one, so that of equals the earlier feature comes first; what no longer fits falls off the end.
    private static int Insert(Span<ReasonPlace> room, int count, ReasonPlace reason)
    {
        var place = count;
        while (place > 0 && room[place - 1].Contribution < reason.Contribution)
        {
            place--;
        }

        var kept = Math.Min(count, room.Length - 1);
        room[place..kept].CopyTo(room[(place + 1)..]);
        room[place] = reason;
        return kept + 1;
    }

    private bool IsNamedByRule(int feature, ReadOnlySpan<double> row)
    {
        for (var rule = 0; rule < _rules.Count; rule++)
        {
            if (_rules.FeatureOf(rule) == feature && _rules.Holds(rule, row))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsKnockedOut(ReadOnlySpan<double> row)
    {
        for (var rule = 0; rule < _rules.Count; rule++)
        {
            if (_rules.Holds(rule, row))
            {
                return true;
            }
        }

        return false;
    }

    private static void Reserve(ref double[] array, int length)
    {
        if (array.Length < length)
        {
            array = new double[Math.Max(length, array.Length * 2)];
        }
    }
}

/// <summary>A reason against an applicant, before it is put into words.</summary>
/// <param name="Feature">The feature's place; -1 where no single one stands out.</param>
/// <param name="Rule">What a knock-out rule that held says, or that no value stands out; null for a feature by its value.</param>
/// <param name="Contribution">The feature's part of the raw score; infinite for a rule, which stands first.</param>
/// <param name="IsUnseen">Training has seen no value like this one, so that an officer decides.</param>
public readonly record struct ReasonPlace(int Feature, string? Rule, double Contribution, bool IsUnseen = false);
