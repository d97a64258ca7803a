using BenchmarkDotNet.Attributes;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Benchmarks;

/// <summary>A whole training run: binning, 50 trees of 31 leaves.</summary>
public class TrainingBenchmarks
{
    private TrainingTable _table = null!;

    [Params(20_000, 100_000)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Setup() => _table = new SyntheticLoans(Rows, seed: 3).Table();

    [Benchmark]
    public TreeModel Train() => Trainer.Train(_table, SyntheticModels.Parameters(trees: 50)).Model;
}
