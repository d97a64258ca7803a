using LoanRisk.Trees;
using LoanRisk.Trees.Layout;
using LoanRisk.Trees.Scoring;
using LoanRisk.Trees.Scoring.Plain;

namespace LoanRisk.Tests.Trees.Layout;

/// <summary>Ranks against the rule of the plain node, and both ways to find them against each other.</summary>
public sealed class RankTests
{
    public static TheoryData<int> Counts => [1, 2, 7, 8, 15, 16, 17, 62, 63, 64, 128, 253, 254];

    [Theory]
    [MemberData(nameof(Counts))]
    public void A_rank_decides_as_the_node_does(int count)
    {
        var random = new Random(count);
        double[] cuts = [.. Enumerable.Range(0, count - 1).Select(_ => (random.NextDouble() - 0.5) * 4), count % 2 == 0 ? 1e-36 : -1e-36];
        foreach (var missing in Enum.GetValues<MissingType>())
        {
            var column = NumberColumn.Of(0, missing, [.. cuts.Select(NumberColumn.Effective).Distinct().Order()]);
            foreach (var isLeft in (bool[])[false, true])
            {
                Decides(column, missing, isLeft, cuts, random);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Counts))]
    public unsafe void Counting_finds_the_rank_of_searching(int count)
    {
        Assert.SkipUnless(ScoringKernel.Avx2.IsSupported, "This machine has no AVX2.");
        var random = new Random(count);
        double[] cuts = [.. Enumerable.Range(0, count - 1).Select(_ => (random.NextDouble() - 0.5) * 10)
            .Append(random.Next(2) == 0 ? double.NegativeInfinity : double.PositiveInfinity).Order()];
        foreach (var missing in Enum.GetValues<MissingType>())
        {
            var column = NumberColumn.Of(0, missing, cuts);
            var search = new RankSearchAvx2([column]);
            var values = Values(random, cuts);
            var ranks = new byte[values.Length];
            fixed (double* place = values)
            fixed (byte* first = ranks)
            {
                search.RankColumn(0, place, 1, values.Length, first);
                for (var i = 0; i < values.Length; i++)
                {
                    byte alone;
                    search.RankRow(place + i, &alone);
                    Assert.Equal(column.Rank(values[i]), alone ^ 0x80);
                    Assert.Equal(alone, ranks[i]);
                }
            }
        }
    }

    private static void Decides(NumberColumn column, MissingType missing, bool isDefaultLeft, double[] cuts, Random random)
    {
        var kind = missing switch
        {
            MissingType.Zero => NodeKind.NumberMissingZero,
            MissingType.NaN => NodeKind.NumberMissingNaN,
            _ => NodeKind.Number,
        };
        var shift = missing != MissingType.None && !isDefaultLeft ? 1 : 0;
        foreach (var cut in cuts)
        {
            var node = new PlainNode(cut, 0, ~0, ~1, 0, 0, kind, isDefaultLeft);
            var threshold = Array.IndexOf(column.Thresholds, NumberColumn.Effective(cut)) + 1 - shift;
            foreach (var value in Values(random, [cut]))
            {
                Assert.Equal(node.GoesLeft(value, []), (byte)(column.Rank(value) - shift) <= threshold);
            }
        }
    }

    private static double[] Values(Random random, double[] cuts) =>
    [
        .. cuts, .. cuts.Select(Math.BitIncrement), .. cuts.Select(Math.BitDecrement),
        .. Enumerable.Range(0, 40).Select(_ => OddValues.Next(random)), double.NaN,
        1e-35f, -1e-35f, Math.BitIncrement(1e-35f), Math.BitDecrement(-(double)1e-35f), Math.BitIncrement((double)1e-35f),
        1e-36, -1e-36, 0, -0.0, double.Epsilon, double.PositiveInfinity, double.NegativeInfinity,
    ];
}
