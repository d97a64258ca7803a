using LoanRisk.Lending.Products;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Train.Machines;

[Slow]
public sealed class RowsApartTests
{
    private const int Rows = 900;

    [Fact]
    public void Machines_with_the_same_file_are_named()
    {
        var ended = MachinesHere.Run(
            3, machines => RowsApart.Check(Data(machines.Rank, sha: machines.Rank > 0 ? "same" : "other"), machines));

        Assert.All(ended, machine => Assert.Equal(
            "Machines 1 and 2 have the same rows (part1.csv and part2.csv); each machine needs rows of its own.",
            machine.Failure!.Message));
    }

    [Fact]
    public void Rows_of_one_id_on_two_machines_are_refused()
    {
        var ended = MachinesHere.Run(
            2, machines => RowsApart.Check(Data(machines.Rank, id: row => $"{row + (machines.Rank * (Rows - 2))}"), machines));

        Assert.All(ended, machine => Assert.StartsWith(
            "2 rows of column loan have an id that another machine has too;", machine.Failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Equal_rows_of_two_machines_are_counted()
    {
        var ended = MachinesHere.Run(2, machines => RowsApart.Check(Data(machines.Rank, first: machines.Rank * (Rows - 5)), machines));

        Assert.All(ended, machine => Assert.Equal(5, machine.Made));
    }

    [Fact]
    public void Rows_with_dates_beside_rows_without_are_refused()
    {
        var ended = MachinesHere.Run(2, machines => RowsApart.Check(Data(machines.Rank, dated: machines.Rank == 0), machines));

        Assert.All(ended, machine => Assert.Equal(
            "The rows of machines 0 and 1 are not alike: part1.csv lacks the date column.", machine.Failure!.Message));
    }

    [Fact]
    public void The_newest_rows_of_all_machines_are_the_test_as_they_are_on_one()
    {
        var all = Made(0, 3 * Rows, dated: true);
        var alone = DataSplit.Create(all, 3).Test.Select(row => all.Columns[0][row]);

        var ended = MachinesHere.Run(3, machines =>
        {
            var own = Data(machines.Rank, dated: true);
            return machines.All([.. DataSplit.Create(own, 3, machines).Test.Select(row => own.Columns[0][row])]);
        });

        Assert.All(ended, machine => Assert.Equal(alone.Order(), machine.Made!.Order()));
    }

    [Fact]
    public void Folds_by_time_part_the_rows_of_all_machines_as_those_of_one()
    {
        var all = Made(0, 3 * Rows, dated: true);
        var alone = Fold.Of(all).Select(fold => fold.Validation.Select(row => all.Columns[0][row]).Order().ToArray());

        var ended = MachinesHere.Run(3, machines =>
        {
            var own = Data(machines.Rank, dated: true);
            return Fold.Of(own, machines).Select(fold => machines.All([.. fold.Validation.Select(row => own.Columns[0][row])])).ToList();
        });

        Assert.All(ended, machine => Assert.Equal(alone, machine.Made!.Select(fold => fold.Order().ToArray())));
    }

    // Machine by machine the next rows, or what else a test wants.
    private static DataSet Data(int rank, int? first = null, Func<int, string>? id = null, bool dated = false, string? sha = null) =>
        Made(first ?? (rank * Rows), Rows, dated, id, $"part{rank}.csv", sha ?? $"sha of {rank}");

    private static DataSet Made(
        int first, int rows, bool dated, Func<int, string>? id = null, string name = "all.csv", string sha = "") => new()
    {
        Product = PeerLoan.Product with { Ids = id is null ? [] : [new IdColumn("loan", "Loan", IsLookup: false)] },
        Columns =
        [
            [.. Enumerable.Range(first, rows).Select(i => (double)i)], [.. Enumerable.Range(first, rows).Select(i => (double)(i % 5))],
        ],
        Bad = [.. Enumerable.Range(first, rows).Select(i => i % 9 == 0)],
        Dates = dated ? [.. Enumerable.Range(first, rows).Select(i => new DateOnly(2026, 1, 1).AddDays(i * 7 % 301))] : null,
        Ids = id is null ? [] : [[.. Enumerable.Range(0, rows).Select(id)]],
        FileName = name,
        Sha256 = sha,
        UnusedColumns = [],
        Warnings = new Dictionary<string, int>(),
        Problems = [],
        ProblemCount = 0,
        SampleValues = new Dictionary<string, string?>(),
    };
}
