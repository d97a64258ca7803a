using LoanRisk.Pipeline.Ingest;

namespace LoanRisk.Tests.Pipeline.Ingest;

/// <summary>Rows that cannot be used, and files that are refused whole.</summary>
[Slow]
public sealed class UnusableFilesTests : IDisposable
{
    private readonly IngestFolder _folder = new();

    private static string[] Lines => IngestFolder.Lines;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rows_that_cannot_be_used_are_recorded_with_line_and_cause()
    {
        var broken = Lines[11].Replace(Lines[11].Split(',')[1], "much", StringComparison.Ordinal);
        _folder.Put("a.csv", [.. Lines[1..11], broken, .. Lines[12..15]]);

        var file = Assert.Single(_folder.Ingest().Files).File!;

        Assert.Equal((14L, 13L, 1L), (file.RowsRead, file.RowsKept, file.RowsRejected));
        var rejected = Assert.Single(_folder.Store().Rejected("peerloan", file.Sha256));
        Assert.Equal(12, rejected.Line);
        Assert.Contains("int_rate", rejected.Cause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000,0.1,car,A", "cut off")]
    [InlineData("1000,0.1,car,A,\"50", "cut off")]
    public void A_half_written_file_is_refused_whole_and_the_others_join(string lastLine, string cause)
    {
        File.WriteAllText(_folder["in", "a.csv"], string.Join('\n', [.. Lines[..20], lastLine]));
        _folder.Put("b.csv", Lines[21..31]);

        var result = _folder.Ingest();

        Assert.Equal([FileOutcome.Refused, FileOutcome.Joined], result.Files.Select(f => f.Outcome));
        Assert.Contains(cause, result.Files[0].Cause, StringComparison.Ordinal);
        Assert.Equal(10, result.After!.Rows);
        _folder.Put("a.csv", Lines[1..20]);
        Assert.Equal(29, _folder.Ingest().After!.Rows);
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

        var result = _folder.Ingest();

        Assert.Contains(
            cause.Replace("is refused", "cut", StringComparison.Ordinal), Assert.Single(result.Files).Cause, StringComparison.Ordinal);
        Assert.Null(result.After);
        Assert.Empty(Directory.GetFiles(_folder.Store().PartFolder("peerloan")));
    }

    [Fact]
    public void A_refused_file_does_not_make_duplicates_of_the_next_ones_rows()
    {
        File.WriteAllText(_folder["in", "a.csv"], string.Join('\n', [.. Lines[..20], "1000,0.1"]));
        _folder.Put("b.csv", Lines[1..20]);

        Assert.Equal((19L, 0L), (_folder.Ingest().Files[1].File!.RowsKept, _folder.Ingest().Files[1].File!.RowsDuplicate));
    }

    [Fact]
    public void A_file_without_a_last_line_end_that_was_written_a_moment_ago_waits_for_the_next_run()
    {
        File.WriteAllText(_folder["in", "a.csv"], string.Join('\n', Lines[..20]));
        File.SetLastWriteTimeUtc(_folder["in", "a.csv"], IngestFolder.Now.UtcDateTime.AddSeconds(-1));
        Assert.Contains("may still be being written", Assert.Single(_folder.Ingest().Files).Cause, StringComparison.Ordinal);

        File.SetLastWriteTimeUtc(_folder["in", "a.csv"], IngestFolder.Now.UtcDateTime.AddSeconds(-5));
        Assert.Equal(FileOutcome.Joined, Assert.Single(_folder.Ingest().Files).Outcome);
    }

    [Fact]
    public void Total_lines_are_named_and_left_out_where_that_is_asked_for()
    {
        File.WriteAllText(
            _folder["in", "a.csv"],
            string.Join(
                '\n', [.. Lines[..31], "", "Loans that do not meet the policy", "Total amount funded: 460296150", "Total,,,,,,,,,,12"])
                + "\n");

        var refused = _folder.Ingest();
        var left = IngestRun.Run(
            IngestFolder.Product,
            new IngestInput(_folder["in"], []),
            _folder.Store(),
            new IngestOptions(IngestFolder.Now) { LeaveOutTotals = true },
            TestContext.Current.CancellationToken);

        Assert.Equal(
            "line 33 looks like a total line, not like a row: \"Loans that do not meet the policy\" (there are 3 such lines). "
            + "Remove such lines.",
            refused.Files[0].Cause);
        Assert.True(refused.Files[0].HasTotals);
        Assert.Equal((30L, 0L), (left.After!.Rows, left.Files[0].File!.RowsRejected));
        Assert.Equal(["3 total lines were left out, the first is line 33: Loans that do not meet the policy"], left.Files[0].Notes);
    }
}
