using BenchmarkDotNet.Attributes;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks;

/// <summary>One row a call, another row each time: repeating a row would train the branch predictor on it.</summary>
public class SingleRowBenchmarks
{
    private const int RowCount = 1 << 14;
    private SyntheticLoans loans = null!;
    private TreeModel model = null!;
    private int next;

    [Params(100, 1000)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        loans = new SyntheticLoans(RowCount, seed: 2);
        model = SyntheticModels.Of(Trees);
    }

    [Benchmark]
    public double Probability() => model.Predict(loans.Row(next++ & (RowCount - 1)));
}
