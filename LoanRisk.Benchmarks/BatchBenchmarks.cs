using BenchmarkDotNet.Attributes;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks;

/// <summary>16,384 different rows in one call; a figure is the time of one row.</summary>
public class BatchBenchmarks
{
    private const int RowCount = 1 << 14;
    private readonly double[] _scores = new double[RowCount];
    private SyntheticLoans _loans = null!;
    private TreeModel _model = null!;

    [Params(100, 1000)]
    public int Trees { get; set; }

    /// <summary>0 is one a core.</summary>
    [Params(1, 0)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _loans = new SyntheticLoans(RowCount, seed: 2);
        _model = SyntheticModels.Of(Trees);
    }

    [Benchmark(OperationsPerInvoke = RowCount)]
    public void RawScores() => _model.PredictRawBatch(_loans.Rows, _scores, Threads);
}
