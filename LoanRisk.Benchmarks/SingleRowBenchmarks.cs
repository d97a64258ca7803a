using BenchmarkDotNet.Attributes;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks;

/// <summary>One row a call, another row each time: repeating a row would train the branch predictor on it.</summary>
public class SingleRowBenchmarks
{
    private const int RowCount = 1 << 14;
    private SyntheticLoans _loans = null!;
    private TreeModel _model = null!;
    private int _next;

    [Params(100, 1000)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _loans = new SyntheticLoans(RowCount, seed: 2);
        _model = SyntheticModels.Of(Trees);
    }

    [Benchmark]
    public double Probability() => _model.Predict(_loans.Row(_next++ & (RowCount - 1)));
}
