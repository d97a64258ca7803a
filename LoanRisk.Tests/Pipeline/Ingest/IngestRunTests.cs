using System.IO.Compression;
using System.Text;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Ingest;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Ingest;

[Slow]
public sealed class IngestRunTests : IDisposable
{
    private static readonly DateTimeOffset Now = DateTimeOffset.UtcNow.AddDays(1);

    private static readonly string[] Lines = [.. SyntheticLoans.Lines(seed: 3, rows: 60)];

    private readonly TemporaryFolder _folder = new();

    public IngestRunTests()
    {
        Directory.CreateDirectory(_folder["in"]);
        Directory.CreateDirectory(_folder["data"]);
    }

    private static LoanProduct Product => PeerLoan.Product;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Files_join_in_order_of_name_and_are_read_as_one()
    {
        Put("b.csv", Lines[31..]);
        Put("a.csv", Lines[1..31]);

        var result = Ingest();

        Assert.Equal([("a.csv", FileOutcome.Joined), ("b.csv", FileOutcome.Joined)], result.Files.Select(f => (f.Name, f.Outcome)));
        Assert.Equal((2, 60L), (result.After!.Version, result.After.Rows));
        Put("whole.csv", Lines[1..]);
        var (data, whole) = (Read(result.After), DataSetReader.Read(_folder["in", "whole.csv"], Product));
        Assert.Equal(whole.Bad, data.Bad);
        Assert.Equal(whole.Columns.Select(c => c.ToArray()), data.Columns.Select(c => c.ToArray()));
        Assert.Equal((result.After.Id, result.After.BadRows), (data.Sha256, data.BadCount));
    }

    [Fact]
    public void Running_again_does_nothing_and_a_renamed_file_is_the_same_file()
    {
        Put("a.csv", Lines[1..31]);
        var first = Ingest().After;
        File.Move(_folder["in", "a.csv"], _folder["in", "renamed.csv"]);
        var state = State();

        var again = Ingest();

        Assert.Equal(FileOutcome.Known, Assert.Single(again.Files).Outcome);
        Assert.Equal(first, again.After);
        Assert.Equal(state, State());
    }

    [Fact]
    public void A_changed_file_is_a_new_file_of_which_the_new_rows_join()
    {
        Put("a.csv", Lines[1..31]);
        var first = Ingest().After!;
        Put("a.csv", Lines[1..41]);

        var file = Assert.Single(Ingest().Files).File!;

        Assert.Equal((40L, 10L, 30L), (file.RowsRead, file.RowsKept, file.RowsDuplicate));
        Assert.Equal(40, Read(Store().Latest("peerloan")!).RowCount);
        Assert.Equal(30, Read(first).RowCount);
    }

    [Fact]
    public void A_file_of_known_rows_alone_is_remembered_and_makes_no_version()
    {
        Put("a.csv", Lines[1..31]);
        Ingest();
        Put("b.csv", Lines[1..11]);

        Assert.Equal(1, Ingest().After!.Version);
        Assert.Equal(FileOutcome.Known, Ingest().Files[1].Outcome);
    }

    [Fact]
    public void Exact_duplicates_are_dropped_whatever_the_order_of_the_columns()
    {
        var turned = Lines[1..6].Select(line => string.Join(';', line.Split(',').Reverse()));
        Put("a.csv", [.. Lines[1..6], Lines[1]]);
        File.WriteAllLines(_folder["in", "b.csv"], [string.Join(';', Lines[0].Split(',').Reverse()), .. turned]);

        var files = Ingest().Files;

        Assert.Equal((5L, 1L), (files[0].File!.RowsKept, files[0].File!.RowsDuplicate));
        Assert.Equal((0L, 5L), (files[1].File!.RowsKept, files[1].File!.RowsDuplicate));
    }

    [Fact]
    public void Rows_that_cannot_be_used_are_recorded_with_line_and_cause()
    {
        Put("a.csv", [.. Lines[1..11], Lines[11].Replace(Lines[11].Split(',')[1], "much", StringComparison.Ordinal), .. Lines[12..15]]);

        var file = Assert.Single(Ingest().Files).File!;

        Assert.Equal((14L, 13L, 1L), (file.RowsRead, file.RowsKept, file.RowsRejected));
        var rejected = Assert.Single(Store().Rejected("peerloan", file.Sha256));
        Assert.Equal(12, rejected.Line);
        Assert.Contains("int_rate", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000,0.1,car,A", "cut off")]
    [InlineData("1000,0.1,car,A,\"50", "cut off")]
    public void A_half_written_file_is_refused_whole_and_the_others_join(string lastLine, string cause)
    {
        File.WriteAllText(_folder["in", "a.csv"], string.Join('\n', [.. Lines[..20], lastLine]));
        Put("b.csv", Lines[21..31]);

        var result = Ingest();

        Assert.Equal([FileOutcome.Refused, FileOutcome.Joined], result.Files.Select(f => f.Outcome));
        Assert.Contains(cause, result.Files[0].Cause, StringComparison.Ordinal);
        Assert.Equal(10, result.After!.Rows);
        Put("a.csv", Lines[1..20]);
        Assert.Equal(29, Ingest().After!.Rows);
    }

    [Theory]
    [InlineData("", "is empty")]
    [InlineData("one,two\n1,2\n", "no column")]
    [InlineData("HEADER\n", "no rows")]
    [InlineData("HEADER\n\0\0\0\0,1\n", "is refused")]
    [InlineData("HEADER\n1,2,3,4,5,6,7,8,9,10,11\n", "1 of 1 row cannot be used")]
    public void A_broken_file_is_refused_whole_and_leaves_nothing(string text, string cause)
    {
        File.WriteAllText(_folder["in", "a.csv"], text.Replace("HEADER", Lines[0], StringComparison.Ordinal));

        var result = Ingest();

        Assert.Contains(
            cause.Replace("is refused", "cut", StringComparison.Ordinal), Assert.Single(result.Files).Cause, StringComparison.Ordinal);
        Assert.Null(result.After);
        Assert.Empty(Directory.GetFiles(Store().PartFolder("peerloan")));
    }

    [Fact]
    public void A_refused_file_does_not_make_duplicates_of_the_next_ones_rows()
    {
        File.WriteAllText(_folder["in", "a.csv"], string.Join('\n', [.. Lines[..20], "1000,0.1"]));
        Put("b.csv", Lines[1..20]);

        Assert.Equal((19L, 0L), (Ingest().Files[1].File!.RowsKept, Ingest().Files[1].File!.RowsDuplicate));
    }

    [Fact]
    public void A_file_without_a_last_line_end_that_was_written_a_moment_ago_waits_for_the_next_run()
    {
        File.WriteAllText(_folder["in", "a.csv"], string.Join('\n', Lines[..20]));
        File.SetLastWriteTimeUtc(_folder["in", "a.csv"], Now.UtcDateTime.AddSeconds(-1));
        Assert.Contains("may still be being written", Assert.Single(Ingest().Files).Cause, StringComparison.Ordinal);

        File.SetLastWriteTimeUtc(_folder["in", "a.csv"], Now.UtcDateTime.AddSeconds(-5));
        Assert.Equal(FileOutcome.Joined, Assert.Single(Ingest().Files).Outcome);
    }

    [Theory]
    [InlineData(IngestStep.RowsCopied, false)]
    [InlineData(IngestStep.RowsCopied, true)]
    [InlineData(IngestStep.PartNamed, false)]
    [InlineData(IngestStep.PartNamed, true)]
    [InlineData(IngestStep.Recorded, false)]
    [InlineData(IngestStep.Recorded, true)]
    public void A_run_killed_between_any_two_steps_can_be_run_again(IngestStep step, bool inSecondFile)
    {
        Put("a.csv", Lines[1..31]);
        Put("b.csv", Lines[31..]);
        var stops = inSecondFile ? 2 : 1;
        Assert.Throws<KilledException>(() => Ingest(reached: at => stops -= at == step ? 1 : 0, stop: () => stops == 0));
        if (step == IngestStep.RowsCopied)
        {
            File.WriteAllText(Path.Combine(Store().PartFolder("peerloan"), ".left-behind.unfinished"), "half a row");
        }

        var result = Ingest();

        Assert.Equal((2, 60L), (result.After!.Version, result.After.Rows));
        Assert.Equal(Untroubled(), (result.After.Id, State()));
    }

    [Fact]
    public void A_second_ingest_of_the_product_at_the_same_time_is_refused()
    {
        using var held = Store().Lock("peerloan");

        Assert.Contains("Another ingest", Assert.Throws<StoreException>(() => Ingest()).Message, StringComparison.Ordinal);
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
        File.SetLastWriteTimeUtc(_folder["in", "b.CSV.gz"], Now.UtcDateTime);

        var result = Ingest();

        Assert.Equal([("a.tsv", FileOutcome.Joined), ("b.CSV.gz", FileOutcome.Joined)], result.Files.Select(f => (f.Name, f.Outcome)));
        Assert.Equal(60, result.After!.Rows);
        Assert.Equal(["notes.txt"], result.PassedOver);
    }

    [Fact]
    public void Total_lines_are_named_and_left_out_where_that_is_asked_for()
    {
        File.WriteAllText(
            _folder["in", "a.csv"],
            string.Join(
                '\n', [.. Lines[..31], "", "Loans that do not meet the policy", "Total amount funded: 460296150", "Total,,,,,,,,,,12"])
                + "\n");

        var refused = Ingest();
        var left = IngestRun.Run(
            Product,
            new IngestInput(_folder["in"], []),
            Store(),
            new IngestOptions(Now) { LeaveOutTotals = true },
            TestContext.Current.CancellationToken);

        Assert.Equal(
            "line 33 looks like a total line, not like a row: \"Loans that do not meet the policy\" (there are 3 such lines). "
            + "Remove such lines.",
            refused.Files[0].Cause);
        Assert.True(refused.Files[0].HasTotals);
        Assert.Equal((30L, 0L), (left.After!.Rows, left.Files[0].File!.RowsRejected));
        Assert.Equal(["3 total lines were left out, the first is line 33: Loans that do not meet the policy"], left.Files[0].Notes);
    }

    [Theory]
    [InlineData(IdRepeat.Row, 40, 40, "10 rows have a loan that was there already; they joined as further rows of the same loan")]
    [InlineData(IdRepeat.Update, 40, 30, "10 rows have a loan that was there already: updates")]
    [InlineData(IdRepeat.Duplicate, 30, 30, "10 rows have a loan that was there already: duplicates")]
    public void The_same_loan_again_is_what_the_product_says_and_is_told(IdRepeat repeats, int joined, int read, string said)
    {
        var product = Product with { Ids = [new IdColumn("loan", "Loan", true, repeats)] };
        string Row(int id, string line, string amount) => $"{id},{amount}{line[line.IndexOf(',', StringComparison.Ordinal)..]}";
        File.WriteAllLines(_folder["in", "a.csv"], ["loan," + Lines[0], .. Lines[1..31].Select((line, i) => Row(i, line, "1000"))]);
        File.WriteAllLines(_folder["in", "b.csv"], ["loan," + Lines[0], .. Lines[1..11].Select((line, i) => Row(i, line, "2000"))]);

        var result = IngestRun.Run(
            product, new IngestInput(_folder["in"], []), Store(), new IngestOptions(Now), TestContext.Current.CancellationToken);
        var data = DataSetReader.Read(new VersionFiles(Store().Parts(result.After!), "data", result.After!.Id), product);

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
        DecidedLoan[] decided = [new("d1", Now, values, default, true), new("d2", Now, values, default, false)];

        var first = Ingest(decided: decided[..1]);
        var second = Ingest(decided: decided);
        var third = Ingest(decided: [decided[0] with { Bad = false }, decided[1]]);

        Assert.Equal([(1L, 1L), (2, 1), (2, 1)], new[] { first, second, third }.Select(r => (r.After!.Rows, r.After.BadRows)));
        Assert.Equal(RowSource.Outcomes, Assert.Single(first.Files).File!.Source);
        Assert.Empty(third.Files);
        Assert.Equal([0, 0, 1], new[] { first, second, third }.Select(r => r.Corrected));
    }

    private void Put(string name, IEnumerable<string> rows) => File.WriteAllLines(_folder["in", name], [Lines[0], .. rows]);

    private DataSetStore Store(string data = "data") => DataSetStore.Open(new DataFolder(_folder[data], "test"));

    private IngestResult Ingest(
        string data = "data", IReadOnlyList<DecidedLoan>? decided = null, Action<IngestStep>? reached = null, Func<bool>? stop = null) =>
        IngestRun.Run(Product, new IngestInput(_folder["in"], decided ?? []), Store(data), new IngestOptions(Now) { Reached = step =>
        {
            reached?.Invoke(step);
            if (stop?.Invoke() == true)
            {
                throw new KilledException();
            }
        } });

    private DataSet Read(DataVersion version) => DataSetReader.Read(new VersionFiles(Store().Parts(version), "data", version.Id), Product);

    /// <summary>Every part with its bytes, and every recorded file.</summary>
    private string State(string data = "data") => string.Join('\n', [
        .. Directory.GetFiles(Store(data).PartFolder("peerloan"))
            .Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetFileName(path)} {File.ReadAllText(path).Length}"),
        .. Store(data).Files("peerloan").Select(file => file.ToString())]);

    /// <summary>What a run that nothing disturbs leaves.</summary>
    private (string Id, string State) Untroubled()
    {
        Directory.CreateDirectory(_folder["other"]);
        return (Ingest("other").After!.Id, State("other"));
    }

    private sealed class KilledException : Exception;
}
