using System.IO.Compression;
using System.Text;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Pipeline.Ingest;

/// <summary>Which rows join, once and whatever file they come in.</summary>
[Slow]
public sealed class IngestRunTests : IDisposable
{
    private readonly IngestFolder _folder = new();

    private static string[] Lines => IngestFolder.Lines;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_join_in_order_of_name_and_are_read_as_one()
    {
        _folder.Put("b.csv", Lines[31..]);
        _folder.Put("a.csv", Lines[1..31]);

        var result = _folder.Ingest();

        Assert.Equal([("a.csv", FileOutcome.Joined), ("b.csv", FileOutcome.Joined)], result.Files.Select(f => (f.Name, f.Outcome)));
        Assert.Equal((2, 60L), (result.After!.Version, result.After.Rows));
        _folder.Put("whole.csv", Lines[1..]);
        var (data, whole) = (_folder.Read(result.After), DataSetReader.Read(_folder["in", "whole.csv"], IngestFolder.Product));
        Assert.Equal(whole.Bad, data.Bad);
        Assert.Equal(whole.Columns.Select(c => c.ToArray()), data.Columns.Select(c => c.ToArray()));
        Assert.Equal((result.After.Id, result.After.BadRows), (data.Sha256, data.BadCount));
    }

    [Fact]
    public void Running_again_does_nothing_and_a_renamed_file_is_the_same_file()
    {
        _folder.Put("a.csv", Lines[1..31]);
        var first = _folder.Ingest().After;
        File.Move(_folder["in", "a.csv"], _folder["in", "renamed.csv"]);
        var state = _folder.State();

        var again = _folder.Ingest();

        Assert.Equal(FileOutcome.Known, Assert.Single(again.Files).Outcome);
        Assert.Equal(first, again.After);
        Assert.Equal(state, _folder.State());
    }

    [Fact]
    public void A_changed_file_is_a_new_file_of_which_the_new_rows_join()
    {
        _folder.Put("a.csv", Lines[1..31]);
        var first = _folder.Ingest().After!;
        _folder.Put("a.csv", Lines[1..41]);

        var file = Assert.Single(_folder.Ingest().Files).File!;

        Assert.Equal((40L, 10L, 30L), (file.RowsRead, file.RowsKept, file.RowsDuplicate));
        Assert.Equal(40, _folder.Read(_folder.Store().Latest("peerloan")!).RowCount);
        Assert.Equal(30, _folder.Read(first).RowCount);
    }

    [Fact]
    public void A_file_of_known_rows_alone_is_remembered_and_makes_no_version()
    {
        _folder.Put("a.csv", Lines[1..31]);
        _folder.Ingest();
        _folder.Put("b.csv", Lines[1..11]);

        Assert.Equal(1, _folder.Ingest().After!.Version);
        Assert.Equal(FileOutcome.Known, _folder.Ingest().Files[1].Outcome);
    }

    [Fact]
    public void Exact_duplicates_are_dropped_whatever_the_order_of_the_columns()
    {
        var turned = Lines[1..6].Select(line => string.Join(';', line.Split(',').Reverse()));
        _folder.Put("a.csv", [.. Lines[1..6], Lines[1]]);
        File.WriteAllLines(_folder["in", "b.csv"], [string.Join(';', Lines[0].Split(',').Reverse()), .. turned]);

        var files = _folder.Ingest().Files;

        Assert.Equal((5L, 1L), (files[0].File!.RowsKept, files[0].File!.RowsDuplicate));
        Assert.Equal((0L, 5L), (files[1].File!.RowsKept, files[1].File!.RowsDuplicate));
    }

    [Fact]
    public void Tables_with_tabs_and_packed_ones_join_and_other_files_are_named()
    {
        File.WriteAllText(_folder["in", "a.tsv"], string.Join('\n', Lines[..31]).Replace(',', '\t') + "\n");
        using (var packed = new GZipStream(File.Create(_folder["in", "b.CSV.gz"]), CompressionLevel.Fastest))
        {
            packed.Write(Encoding.UTF8.GetBytes(string.Join('\n', [Lines[0], .. Lines[31..]])));
        }

        File.WriteAllText(_folder["in", "notes.txt"], "not a table");
        File.SetLastWriteTimeUtc(_folder["in", "b.CSV.gz"], IngestFolder.Now.UtcDateTime);

        var result = _folder.Ingest();

        Assert.Equal([("a.tsv", FileOutcome.Joined), ("b.CSV.gz", FileOutcome.Joined)], result.Files.Select(f => (f.Name, f.Outcome)));
        Assert.Equal(60, result.After!.Rows);
        Assert.Equal(["notes.txt"], result.PassedOver);
    }

    [Theory]
    [InlineData(IdRepeat.Row, 40, 40, "10 rows have a loan that was there already; they joined as further rows of the same loan")]
    [InlineData(IdRepeat.Update, 40, 30, "10 rows have a loan that was there already: updates")]
    [InlineData(IdRepeat.Duplicate, 30, 30, "10 rows have a loan that was there already: duplicates")]
    public void The_same_loan_again_is_what_the_product_says_and_is_told(IdRepeat repeats, int joined, int read, string said)
    {
        var product = IngestFolder.Product with { Ids = [new IdColumn("loan", "Loan", true, repeats)] };
        string Row(int id, string line, string amount) => $"{id},{amount}{line[line.IndexOf(',', StringComparison.Ordinal)..]}";
        File.WriteAllLines(_folder["in", "a.csv"], ["loan," + Lines[0], .. Lines[1..31].Select((line, i) => Row(i, line, "1000"))]);
        File.WriteAllLines(_folder["in", "b.csv"], ["loan," + Lines[0], .. Lines[1..11].Select((line, i) => Row(i, line, "2000"))]);

        var result = IngestRun.Run(
            product,
            new IngestInput(_folder["in"], []),
            _folder.Store(),
            new IngestOptions(IngestFolder.Now),
            TestContext.Current.CancellationToken);
        var data = DataSetReader.Read(new VersionFiles(_folder.Store().Parts(result.After!), "data", result.After!.Id), product);

        Assert.Equal((joined, read), (result.After.Rows, data.RowCount));
        Assert.StartsWith(said, Assert.Single(result.Files[1].Notes), StringComparison.Ordinal);
        Assert.Equal(repeats == IdRepeat.Duplicate ? 0 : 10, data.Columns[0].Count(amount => amount == 2_000));
        Assert.Equal(repeats == IdRepeat.Row ? 10 : 0, data.Groups.Followers);
    }

    [Fact]
    public void Reported_outcomes_join_once_and_a_later_correction_is_told()
    {
        var values = Lines[0]
            .Split(',')
            .Zip(Lines[1].Split(','))
            .Where(v => v.First != "is_late")
            .ToDictionary(v => v.First, v => (string?)(v.Second.Length == 0 ? null : v.Second));
        DecidedLoan[] decided = [new("d1", IngestFolder.Now, values, default, true), new("d2", IngestFolder.Now, values, default, false)];

        var first = _folder.Ingest(decided: decided[..1]);
        var second = _folder.Ingest(decided: decided);
        var third = _folder.Ingest(decided: [decided[0] with { Bad = false }, decided[1]]);

        Assert.Equal([(1L, 1L), (2, 1), (2, 1)], new[] { first, second, third }.Select(r => (r.After!.Rows, r.After.BadRows)));
        Assert.Equal(RowSource.Outcomes, Assert.Single(first.Files).File!.Source);
        Assert.Empty(third.Files);
        Assert.Equal([0, 0, 1], new[] { first, second, third }.Select(r => r.Corrected));
    }
}
