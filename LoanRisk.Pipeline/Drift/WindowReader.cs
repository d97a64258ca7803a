using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Pipeline.Drift;

/// <summary>Takes in the decisions of one window.</summary>
internal sealed class WindowReader(LoanProduct product, IReadOnlyList<FeatureSample> training)
{
    private readonly LoanProduct _open = DriftProduct.Open(product);
    private readonly SampleSummary _summary = new([.. product.Features.Select(DriftColumn.Of)], training);
    private readonly RowReservoir _rows = new(product.Features.Count);
    private readonly double[][] _columns = [.. product.Features.Select(_ => new double[1])];
    private readonly double[] _row = new double[product.Features.Count];
    private readonly List<RowProblem> _problems = [];

    /// <summary>Decisions so far.</summary>
    public long Count { get; private set; }

    /// <summary>The first of them; null before it.</summary>
    public WatchedDecision? First { get; private set; }

    /// <summary>The last of them.</summary>
    public WatchedDecision? Last { get; private set; }

    /// <summary>Some can be read: the product has their features.</summary>
    public bool HasRows => _rows.Count > 0;

    /// <summary>A decision joins.</summary>
    public void Add(WatchedDecision decision)
    {
        (First, Last) = (First ?? decision, decision);
        Count++;
        var check = LoanApplication.Check(
            _open,
            decision.Values.ToDictionary(value => value.Key, value => FieldValue.OfText(value.Value), StringComparer.Ordinal),
            InputStyle.Text);
        if (check.Application is not { } application)
        {
            _problems.Add(new RowProblem(decision.Seq, check.Problems[0].Message));
            return;
        }

        DriftProduct.Fill(application, _row);
        for (var f = 0; f < _columns.Length; f++)
        {
            _columns[f][0] = _row[f];
        }

        _summary.Add(_columns, 1);
        _rows.Add(_row);
    }

    /// <summary>The decisions as a sample.</summary>
    public DriftSample ToSample(string name) => new(name, _summary.ToSamples(), _rows, _problems.Count, [.. _problems.Take(1)]);
}
