using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Train.Split;

public sealed class DataSplitTests
{
    private static readonly bool[] Bad = [.. Enumerable.Range(0, 2_000).Select(i => i % 9 == 0)];

    private static readonly double[][] Columns = Made(2_000);

    [Fact]
    public void No_row_serves_two_purposes_and_none_is_lost()
    {
        var parts = DataSplit.Create(Data(Columns, Bad), 3);

        Assert.Equal(Enumerable.Range(0, 2_000), All(parts).SelectMany(p => p).Order());
        Assert.Equal(parts.Development.Concat(parts.Test).Order(), Enumerable.Range(0, 2_000));
    }

    [Fact]
    public void Every_part_has_its_share_of_loans_and_of_bad_ones()
    {
        var parts = DataSplit.Create(Data(Columns, Bad), 3);

        Assert.All(All(parts), part => Assert.InRange(part.Count(r => Bad[r]) / (double)part.Length, 0.07, 0.16));
        Assert.InRange(parts.Test.Length, 250, 350);
        Assert.InRange(parts.Trees.Length + parts.Stopping.Length, 1_230, 1_370);
        Assert.InRange(parts.Calibration.Length, 170, 230);
        Assert.InRange(parts.CalibrationSelection.Length, 170, 230);
    }

    [Fact]
    public void The_seed_deals_the_others_but_not_the_test()
    {
        var (one, again, other) = (
            DataSplit.Create(Data(Columns, Bad), 3), DataSplit.Create(Data(Columns, Bad), 3), DataSplit.Create(Data(Columns, Bad), 4));

        Assert.Equal(All(one), All(again));
        Assert.Equal(one.Test, other.Test);
        Assert.NotEqual(one.Calibration, other.Calibration);
    }

    [Fact]
    public void A_row_stays_a_test_row_wherever_it_stands_and_whatever_joins()
    {
        var turned = Columns.Select(c => c.Reverse().ToArray()).ToArray();
        var more = Columns.Zip(Made(500, from: 2_000)).Select(c => c.First.Concat(c.Second).ToArray()).ToArray();
        var test = DataSplit.Create(Data(Columns, Bad), 3).Test;

        Assert.Equal(test, DataSplit.Create(Data(turned, [.. Bad.Reverse()]), 3).Test.Select(r => 1_999 - r).Order());
        Assert.Equal(test, DataSplit.Create(Data(more, [.. Bad, .. new bool[500]]), 3).Test.Where(r => r < 2_000));
    }

    [Fact]
    public void Equal_rows_stay_together()
    {
        var twice = Columns.Select(c => c.Concat(c).ToArray()).ToArray();
        var parts = DataSplit.Create(Data(twice, [.. Bad, .. Bad]), 3);

        Assert.Equal(parts.Test.Where(r => r < 2_000), parts.Test.Where(r => r >= 2_000).Select(r => r - 2_000));
    }

    [Fact]
    public void Five_copies_of_every_row_fill_every_part_and_every_fold()
    {
        int[] rows = [.. Enumerable.Range(0, 2_000).SelectMany(r => Enumerable.Repeat(r, 5))];
        var data = Data([.. Columns.Select(c => Array.ConvertAll(rows, r => c[r]))], Array.ConvertAll(rows, r => Bad[r]));

        Assert.All(All(DataSplit.Create(data, 3)), part => Assert.InRange(part.Length, 500, 7_000));
        Assert.All(Fold.Of(data), fold => Assert.InRange(fold.Validation.Length, 1_800, 2_200));
    }

    [Fact]
    public void Equal_features_on_all_days_leave_the_test_to_content()
    {
        double[][] few = [.. Columns.Select(c => c.Select((_, r) => (double)(r % 400)).ToArray())];
        var dates = Enumerable.Range(0, 2_000).Select(i => new DateOnly(2024, 1, 1).AddDays(i % 700)).ToArray();

        Assert.Equal(DataSplit.Create(Data(few, Bad), 3).Test, DataSplit.Create(Data(few, Bad, dates), 3).Test);
    }

    [Fact]
    public void Rows_that_belong_together_stand_in_one_part_and_all_others_where_they_would_without_them()
    {
        double[][] more = [.. Columns.Select(c => c.Concat(c.Take(300)).ToArray())];
        var ids = Enumerable.Range(0, 2_300).Select(i => i is >= 1_000 and < 1_100 ? $"id {i % 50}" : null).ToArray();
        bool[] bad = [.. Bad, .. Bad.Take(300).Select(b => !b)];
        var data = Data(more, bad, ids: ids);
        var parts = All(DataSplit.Create(data, 3));

        Assert.Equal(350, data.Groups.Followers);
        Assert.All(Enumerable.Range(0, 300), row => Assert.Single(parts, part => part.Contains(row) && part.Contains(row + 2_000)));
        Assert.All(Enumerable.Range(1_000, 50), row => Assert.Single(parts, part => part.Contains(row) && part.Contains(row + 50)));
        Assert.All(
            Fold.Of(data),
            fold => Assert.Empty(fold.Training.Select(r => data.Groups[r]).Intersect(fold.Validation.Select(r => data.Groups[r]))));
        Assert.Equal(Enumerable.Range(0, 2_300), parts.SelectMany(p => p).Order());
    }

    [Fact]
    public void Rows_of_features_so_coarse_that_all_are_alike_are_no_copies()
    {
        double[][] coarse =
        [
            [.. Enumerable.Range(0, 2_000).Select(i => (double)(i % 2))],
            [.. Enumerable.Range(0, 2_000).Select(i => (double)(i % 3))],
        ];
        var data = Data(coarse, Bad);

        Assert.Equal(0, data.Groups.Followers);
        Assert.All(All(DataSplit.Create(data, 3)), part => Assert.True(part.Any(r => Bad[r]) && part.Any(r => !Bad[r])));
    }

    [Fact]
    public void Too_few_different_ids_are_refused_with_a_sentence()
    {
        var data = Data(Columns, Bad, ids: [.. Enumerable.Range(0, 2_000).Select(i => $"id {i % 30}")]);

        Assert.Contains(
            "rows of one id counted once", Assert.Throws<InvalidInputException>(() => DataSplit.RequireEnough(data, "Training")).Message);
    }

    [Fact]
    public void Test_rows_of_data_without_repeats_are_those_of_their_hash()
    {
        var test = Enumerable.Range(0, 2_000).Where(row => RowHash.Of(Columns, row) % 20 < 3);

        Assert.Equal(test, DataSplit.Create(Data(Columns, Bad), 3).Test);
        Assert.Equal(0, Data(Columns, Bad).Groups.Followers);
    }

    [Fact]
    public void With_dates_the_older_rows_of_a_test_rows_loan_are_test_rows_too()
    {
        var dates = Enumerable.Range(0, 2_000).Select(i => new DateOnly(2025, 1, 1).AddDays(i / 5)).ToArray();
        var ids = Enumerable.Range(0, 2_000).Select(i => i is 10 or 1_990 ? "same" : null).ToArray();

        Assert.Contains(10, DataSplit.Create(Data(Columns, Bad, dates, ids), 3).Test);
    }

    [Fact]
    public void Every_nan_is_the_same_and_so_are_both_zeros()
    {
        double[][] columns = [[double.NaN, BitConverter.Int64BitsToDouble(0x7FF8000000000123), 0, -0.0, 1]];

        Assert.Equal(RowHash.Of(columns, 0), RowHash.Of(columns, 1));
        Assert.Equal(RowHash.Of(columns, 2), RowHash.Of(columns, 3));
        Assert.Equal(3, Enumerable.Range(0, 5).Select(row => RowHash.Of(columns, row)).Distinct().Count());
    }

    [Fact]
    public void The_smallest_allowed_file_gives_every_part_both_outcomes()
    {
        var bad = Enumerable.Range(0, 2 * DataSplit.FewestOfAClass).Select(i => i % 2 == 0).ToArray();
        for (var seed = 1; seed <= 20; seed++)
        {
            var parts = DataSplit.Create(Data(Made(bad.Length, from: 1_000 * seed), bad), seed);

            Assert.All(All(parts).Skip(2), part => Assert.Equal([false, true], part.Select(r => bad[r]).Distinct().Order()));
        }
    }

    [Fact]
    public void With_dates_the_newest_rows_are_the_test_whole_days_at_a_time()
    {
        var dates = Enumerable.Range(0, 2_000).Select(i => new DateOnly(2025, 1, 1).AddDays(i * 7 % 400)).ToArray();
        var parts = DataSplit.Create(Data(Columns, Bad, dates), 3);

        var oldest = parts.Test.Min(r => dates[r]);
        Assert.InRange(parts.Test.Length, 290, 310);
        Assert.All(parts.Development, r => Assert.True(dates[r] < oldest));
    }

    [Fact]
    public void Folds_by_time_foretell_each_block_from_all_before_it()
    {
        var dates = Enumerable.Range(0, 2_000).Select(i => new DateOnly(2025, 1, 1).AddDays(i * 7 % 400)).ToArray();
        var folds = Fold.Of(Data(Columns, Bad, dates));

        Assert.Equal(Fold.Count, folds.Count);
        Assert.All(folds, f => Assert.True(f.Training.Max(r => dates[r]) < f.Validation.Min(r => dates[r])));
        Assert.Equal(2_000, folds[^1].Training.Length + folds[^1].Validation.Length);
    }

    [Fact]
    public void Dates_that_leave_the_test_one_outcome_are_not_used()
    {
        var dates = Enumerable.Range(0, 2_000).Select(i => new DateOnly(Bad[i] ? 2024 : 2025, 1, 1).AddDays(i % 300)).ToArray();

        Assert.Equal(DataSplit.Create(Data(Columns, Bad), 3).Test, DataSplit.Create(Data(Columns, Bad, dates), 3).Test);
    }

    private static DataSet Data(double[][] columns, bool[] bad, DateOnly[]? dates = null, string?[]? ids = null) => new()
    {
        Product = PeerLoan.Product,
        Columns = columns,
        Bad = bad,
        Dates = dates,
        Ids = ids is null ? [] : [ids],
        FileName = "made up",
        Sha256 = "",
        UnusedColumns = [],
        Warnings = new Dictionary<string, int>(),
        Problems = [],
        ProblemCount = 0,
        SampleValues = new Dictionary<string, string?>(),
    };

    private static double[][] Made(int rows, int from = 0) =>
        [
            [.. Enumerable.Range(from, rows).Select(i => (double)i)],
            [.. Enumerable.Range(from, rows).Select(i => i % 7 == 0 ? double.NaN : i % 5)]
        ];

    private static int[][] All(DataSplit parts) => [parts.Trees, parts.Stopping, parts.Calibration, parts.CalibrationSelection, parts.Test];
}
