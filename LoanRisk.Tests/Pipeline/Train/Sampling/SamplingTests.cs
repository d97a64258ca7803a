using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Train.Sampling;

public sealed class SamplingTests
{
    private const double None = double.NaN;

    private static readonly LoanProduct Product = TinyLoan.Product;

    [Fact]
    public void The_weight_that_balances_the_outcomes_by_hand()
    {
        Assert.Equal(9, ClassWeights.ScalePosWeight([true, false, false, false, false, false, false, false, false, false]));
        Assert.Throws<ArgumentException>(() => ClassWeights.ScalePosWeight([true, true]));
        Assert.Throws<ArgumentException>(() => ClassWeights.ScalePosWeight([]));
    }

    [Fact]
    public void Rows_are_added_behind_the_given_ones_until_the_share_is_reached()
    {
        var (columns, bad) = Draw(500, 21);

        var sampled = Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 3 });

        var badCount = bad.Count(b => b);
        Assert.Equal(500 - (2 * badCount), sampled.Synthetic);
        Assert.Equal(500 - badCount, sampled.Bad.Count(b => b));
        Assert.Equal(bad, sampled.Bad[..500]);
        Assert.All(sampled.Bad[500..], Assert.True);
        Assert.All(columns.Index(), c => Assert.Equal(c.Item, sampled.Columns[c.Index][..500]));
        var quarter = Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 3, Share = 0.25 });
        Assert.InRange(quarter.Bad.Count(b => b) / (double)quarter.Bad.Length, 0.25, 0.2525);
        Assert.Equal(0, Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 3, Share = 0.01 }).Synthetic);
    }

    [Fact]
    public void Made_up_values_are_values_that_could_be()
    {
        var (columns, bad) = Draw(400, 22);

        var sampled = Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 4 });

        var rows = Enumerable.Range(0, 400).Where(i => bad[i]).ToArray();
        for (var f = 0; f < columns.Length; f++)
        {
            var real = rows.Select(r => columns[f][r]).Where(v => !double.IsNaN(v)).ToArray();
            var made = sampled.Columns[f][400..];
            Assert.All(made.Where(v => !double.IsNaN(v)), v => Assert.InRange(v, real.Min(), real.Max()));
            // Whole amounts, ranks and levels.
            Assert.True(f == 1 || made.All(v => double.IsNaN(v) || double.IsInteger(v)));
            Assert.True(f is 1 or 3 || !made.Any(double.IsNaN));
        }

        Assert.Contains(sampled.Columns[1][400..], v => !double.IsNaN(v) && !columns[1].Contains(v));
        Assert.Contains(None, sampled.Columns[1][400..]);
    }

    [Fact]
    public void A_row_between_two_neighbours_by_hand()
    {
        // Two bad rows, so each is the other's only neighbour; the levels are the neighbour's, the missing rate is the other's.
        double[][] columns =
        [
            [1000, 2000, 5, 5, 5, 5], [0.1, 0.1, 0.2, 0.2, 0.2, 0.2], [0, 0, 1, 1, 1, 1], [0, 2, 1, 1, 1, 1], [1, 1, 0, 0, 0, 0],
        ];

        var sampled = Smote.Of(Product, columns, [true, true, false, false, false, false], new SmoteOptions { Seed = 5 });

        Assert.Equal(2, sampled.Synthetic);
        for (var i = 6; i < 8; i++)
        {
            Assert.InRange(sampled.Columns[0][i], 1000, 2000);
            Assert.Equal((0.1, 0, 1), (sampled.Columns[1][i], sampled.Columns[2][i], sampled.Columns[4][i]));
            // The rank stands as far between 0 and 2 as the amount between its ends, to the nearest step.
            Assert.Equal(Math.Abs((sampled.Columns[0][i] - 1000) / 500), sampled.Columns[3][i], 0.51);
        }
    }

    [Fact]
    public void Neighbours_are_the_nearest_of_their_outcome_by_trying_all()
    {
        var (columns, bad) = Draw(200, 23);
        var rows = Enumerable.Range(0, 200).Where(i => bad[i]).ToArray();
        var space = new NeighbourSpace(Product, columns, rows, new SmoteOptions { Seed = 1 });

        foreach (var row in rows)
        {
            var nearest = rows.Where(r => r != row).OrderBy(r => Distance(columns, rows, row, r)).Take(5);

            Assert.Equal(
                nearest.Select(r => Math.Round(Distance(columns, rows, row, r), 9)),
                space.Of(row).Select(r => Math.Round(Distance(columns, rows, row, r), 9)));
        }
    }

    [Fact]
    public void Levels_and_missing_values_follow_most_neighbours()
    {
        var (owner, rate) = (Product.Find("owner")!, Product.Find("rate")!);

        Assert.Equal(1, MixedValue.Of(owner, [0, 0, 1, 1, 0], new Mixture(0, 1, [1, 2, 3], 0.5)));
        Assert.Equal(0, MixedValue.Of(owner, [1, 0, 1], new Mixture(0, 1, [1, 2], 0.5)));
        Assert.Equal(None, MixedValue.Of(rate, [0.1, None, None, 0.2], new Mixture(0, 3, [1, 2, 3], 0.5)));
        Assert.Equal(0.1, MixedValue.Of(rate, [0.1, None, 0.3, 0.2], new Mixture(0, 1, [1, 2, 3], 0.5)));
        Assert.Equal(0.3, MixedValue.Of(rate, [None, None, 0.3, 0.2], new Mixture(0, 1, [1, 2, 3], 0.5)));
        Assert.Equal(0.15, MixedValue.Of(rate, [0.1, 0.3], new Mixture(0, 1, [1], 0.25)), 1e-15);
    }

    [Fact]
    public void The_seed_decides_and_the_number_of_threads_does_not()
    {
        var (columns, bad) = Draw(300, 24);

        var first = Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 9 });

        Assert.Equal(first.Columns, Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 9 }).Columns);
        Assert.NotEqual(first.Columns[1], Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 10 }).Columns[1]);
        var few = new SmoteOptions { MostCandidates = 12 };
        Assert.Equal(
            Smote.Of(Product, columns, bad, few with { Seed = 9 }).Columns, Smote.Of(Product, columns, bad, few with { Seed = 9 }).Columns);
        Assert.NotEqual(first.Columns[1], Smote.Of(Product, columns, bad, few with { Seed = 9 }).Columns[1]);
    }

    [Fact]
    public void The_rarer_outcome_may_be_the_good_one()
    {
        var (columns, bad) = Draw(200, 25);

        var sampled = Smote.Of(Product, columns, Array.ConvertAll(bad, b => !b), new SmoteOptions { Seed = 1 });

        Assert.All(sampled.Bad[200..], Assert.False);
        Assert.Equal(sampled.Bad.Length / 2, sampled.Bad.Count(b => b));
    }

    [Fact]
    public void What_cannot_be_sampled_is_refused()
    {
        var (columns, bad) = Draw(50, 26);

        Assert.Throws<ArgumentException>(() => Smote.Of(Product, [columns[0]], bad, new SmoteOptions { Seed = 1 }));
        Assert.Throws<ArgumentException>(() => Smote.Of(Product, columns, bad[..49], new SmoteOptions { Seed = 1 }));
        Assert.Contains(
            "there are 1 bad loans",
            Assert.Throws<ArgumentException>(
                () => Smote.Of(Product, columns, [true, .. new bool[49]], new SmoteOptions { Seed = 1 })).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 1, Share = 0.6 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 1, Share = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 1, Neighbours = 0 }));
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => Smote.Of(Product, columns, bad, new SmoteOptions { Seed = 1 }, cancelled.Token));
    }

    private static (double[][] Columns, bool[] Bad) Draw(int rows, int seed)
    {
        var random = new SeededRandom(seed);
        var columns = Enumerable.Range(0, 5).Select(_ => new double[rows]).ToArray();
        var bad = new bool[rows];
        for (var i = 0; i < rows; i++)
        {
            (columns[0][i], columns[2][i], columns[4][i]) = (100 + random.NextBelow(2900), random.NextBelow(2), random.NextBelow(3));
            columns[1][i] = random.NextBelow(3) == 0 ? None : 0.01 + (0.29 * random.NextDouble());
            columns[3][i] = random.NextBelow(9) == 0 ? None : random.NextBelow(3);
            bad[i] = i < 3 || random.NextDouble() < 0.12;
        }

        return (columns, bad);
    }

    private static double Distance(double[][] columns, int[] rows, int first, int second) => Enumerable.Range(0, columns.Length).Sum(f =>
    {
        var (a, b) = (columns[f][first], columns[f][second]);
        if (double.IsNaN(a) || double.IsNaN(b))
        {
            return double.IsNaN(a) && double.IsNaN(b) ? 0 : 1;
        }

        var given = rows.Select(r => columns[f][r]).Where(v => !double.IsNaN(v)).ToArray();
        return f is 2 or 4 ? (a == b ? 0 : 1) : Math.Pow(a - b, 2) / given.Average(v => Math.Pow(v - given.Average(), 2));
    });
}
