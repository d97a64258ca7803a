using BenchmarkDotNet.Attributes;
using LoanRisk.Benchmarks.Fixtures;
using LoanRisk.Trees;

namespace LoanRisk.Benchmarks;

/// <summary>Exact SHAP contributions, one row a call, another row each time.</summary>
public class ContributionBenchmarks
{
    private const int RowCount = 1 << 14;
    private readonly double[] contributions = new double[SyntheticLoans.FeatureCount + 1];
    private SyntheticLoans loans = null!;
    private TreeModel model = null!;
    private int next;

    [Params(100)]
    public int Trees { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        loans = new SyntheticLoans(RowCount, seed: 2);
        model = SyntheticModels.Of(Trees);
    }

    [Benchmark]
    public void Contributions() => model.Contributions(loans.Row(next++ & (RowCount - 1)), contributions);
}
