using BenchmarkDotNet.Attributes;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks;

/// <summary>Exact SHAP contributions, one row a call, another row each time.</summary>
public class ContributionBenchmarks
{
    private const int RowCount = 1 << 14;
    private readonly double[] _contributions = new double[SyntheticLoans.FeatureCount + 1];
    private SyntheticLoans _loans = null!;
    private TreeModel _model = null!;
    private int _next;

    [Params(100)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _loans = new SyntheticLoans(RowCount, seed: 2);
        _model = SyntheticModels.Of(Trees);
    }

    [Benchmark]
    public void Contributions() => _model.Contributions(_loans.Row(_next++ & (RowCount - 1)), _contributions);
}
