using LoanRisk.Lending.Decisions;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Score;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Score;

/// <summary>The run on all cores against the plain one.</summary>
[Slow]
public sealed class ScoringRunTests(TrainedPeerLoan trained) : IDisposable
{
    private static readonly IProgress<double> NoProgress = new Progress<double>();

    private readonly TemporaryFolder _folder = new();
    private readonly DecisionEngine _engine = new(PeerLoan.Product, trained.Package);

    private string Input => _folder["in.csv"];

    private string Output => _folder["out.csv"];

    [Theory]
    [InlineData(1, 40, 60, 2)]
    [InlineData(2, 6, 1_500, 5)]
    [InlineData(3, 2, 4_000, 40)]
    public void Any_file_gives_the_bytes_of_the_plain_run(int seed, int files, int rows, int oddOnesIn)
    {
        for (var file = 0; file < files; file++)
        {
            var drawn = (1_000 * seed) + file;
            File.WriteAllBytes(Input, OddLoans.Draw(drawn, rows, oddOnesIn));
            var expected = PlainScoring.Run(_engine, Input);

            var result = Run();

            Assert.True(
                expected.Output == File.ReadAllText(Output), $"seed {drawn}: {FirstDifference(expected.Output, File.ReadAllText(Output))}");
            var errors = File.Exists(ErrorFile) ? File.ReadAllText(ErrorFile) : null;
            Assert.True(
                result.Refused > 0 ? expected.Errors == errors : errors is null,
                $"seed {drawn}: {FirstDifference(expected.Errors, errors ?? "")}");
            Assert.Equal(expected.Output.Count(c => c == '\n') - 1 - InnerBreaks(expected.Output), result.ScoredTotal);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void For_programs_every_cell_is_written_as_it_is(int seed)
    {
        File.WriteAllBytes(Input, OddLoans.Draw(seed, 1_500, 3));
        var expected = PlainScoring.Run(_engine, Input, Cells.Verbatim);

        Run(cells: Cells.Verbatim);

        Assert.Equal(expected.Output, File.ReadAllText(Output));
        Assert.Contains("=No.", expected.Output);
        Assert.DoesNotContain("'=No.", expected.Output);
        Assert.Contains("'=No.", PlainScoring.Run(_engine, Input).Output);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Fewer_reasons_leave_columns_out_and_nothing_else_changes(int reasons)
    {
        File.WriteAllLines(Input, SyntheticLoans.Lines(4, 500));
        Run();
        var all = File.ReadAllLines(Output);

        Run(reasons);

        // A reason with a comma stands in quotes, so columns are cut by the reader.
        using var four = CsvSource.Open(Output);
        Assert.Equal(all.Length, File.ReadAllLines(Output).Length);
        File.WriteAllLines(_folder["all.csv"], all);
        using var source = CsvSource.Open(_folder["all.csv"]);
        Assert.Equal(source.Header.Take(source.Header.Count - 4 + reasons), four.Header);
        while (source.Read())
        {
            Assert.True(four.Read());
            Assert.Equal(source.Fields[..^(4 - reasons)], four.Fields);
        }
    }

    [Fact]
    public void Rows_with_warnings_are_counted_as_the_check_counts_them()
    {
        File.WriteAllLines(
            Input,
            [
                PeerLoan.Header,
                PeerLoan.OnTime,
                PeerLoan.OnTime.Replace("14.46", "41", StringComparison.Ordinal),
                PeerLoan.OnTime.Replace("credit_card", "wedding", StringComparison.Ordinal)
            ]);

        Assert.Equal((3, 2), (Run().ScoredTotal, Run().WithWarnings));
    }

    [Fact]
    public void Columns_are_found_under_the_datas_own_names()
    {
        var product = PeerLoan.Product with
        {
            Features = [.. PeerLoan.Product.Features.Select(f => f.Name == "annual_inc" ? f with { Column = "Income a year" } : f)],
        };
        File.WriteAllLines(Input, SyntheticLoans.Lines(12, 200));
        Run();
        var expected = File.ReadAllText(Output);
        File.WriteAllText(Input, File.ReadAllText(Input).Replace("annual_inc", "Income a year", StringComparison.Ordinal));

        ScoringRun.Run(new DecisionEngine(product, trained.Package), new ScoringTask(Input, Output), NoProgress, CancellationToken.None);

        Assert.Equal(expected.Replace("annual_inc", "Income a year", StringComparison.Ordinal), File.ReadAllText(Output));
    }

    [Fact]
    public void A_row_with_a_long_text_is_refused_alone()
    {
        File.WriteAllLines(
            Input,
            [
                "note," + PeerLoan.Header,
                "x," + PeerLoan.OnTime,
                new string('x', 70_000) + "," + PeerLoan.OnTime,
                "\"" + new string('y', 300_000) + "\"," + PeerLoan.OnTime,
                "z," + PeerLoan.Late
            ]);

        var result = Run();

        Assert.Equal((2, 2), (result.ScoredTotal, result.Refused));
        Assert.Equal(
            ["line,cause", "3,\"a field has more than 65,536 characters.\"", "4,\"a field has more than 65,536 characters.\""],
            File.ReadAllLines(ErrorFile));
    }

    [Fact]
    public void A_quotation_mark_that_is_never_closed_costs_its_own_line_alone()
    {
        File.WriteAllLines(Input, [.. SyntheticLoans.Lines(8, 5_000), "\"" + PeerLoan.OnTime, .. SyntheticLoans.Lines(9, 5_000).Skip(1)]);

        var result = Run();

        Assert.Equal((10_000, 1, 5_002), (result.ScoredTotal, result.Refused, result.FirstRefused[0].Line));
        Assert.Contains("a quotation mark opens field 1, and none closes it", result.FirstRefused[0].Cause);
    }

    [Fact]
    public void A_cancelled_run_leaves_no_output_behind()
    {
        File.WriteAllLines(Input, SyntheticLoans.Lines(10, 20_000));
        using var stop = new CancellationTokenSource();
        var firstReport = new ImmediateProgress(_ => stop.Cancel());

        Assert.ThrowsAny<OperationCanceledException>(
            () => ScoringRun.Run(_engine, new ScoringTask(Input, Output), firstReport, stop.Token));

        Assert.Equal(["in.csv"], Files());
    }

    [Fact]
    public void Progress_rises_to_the_whole()
    {
        File.WriteAllLines(Input, SyntheticLoans.Lines(11, 8_000));
        var shares = new List<double>();

        ScoringRun.Run(_engine, new ScoringTask(Input, Output), new ImmediateProgress(shares.Add), CancellationToken.None);

        Assert.True(shares.Count > 3);
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    public void Dispose() => _folder.Dispose();

    private string ErrorFile => Output + ".errors.csv";

    private IEnumerable<string?> Files() => Directory.GetFiles(_folder.Path).Select(Path.GetFileName);

    private ScoringResult Run(int reasons = 4, Cells cells = Cells.Safe) =>
        ScoringRun.Run(_engine, new ScoringTask(Input, Output) { Reasons = reasons, Cells = cells }, NoProgress, CancellationToken.None);

    // Line feeds inside quotation marks.
    private static int InnerBreaks(string text)
    {
        var (breaks, quoted) = (0, false);
        foreach (var c in text)
        {
            quoted ^= c == '"';
            breaks += quoted && c == '\n' ? 1 : 0;
        }

        return breaks;
    }

    private static string FirstDifference(string expected, string actual)
    {
        var place = expected.AsSpan().CommonPrefixLength(actual);
        return $"at {place}: expected {Around(expected, place)}, was {Around(actual, place)}";
    }

    private static string Around(string text, int place) => $"\"{text[Math.Max(0, place - 60)..Math.Min(text.Length, place + 60)]}\"";

    private sealed class ImmediateProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
