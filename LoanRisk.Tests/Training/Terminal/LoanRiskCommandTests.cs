using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Tests.Loans;
using LoanRisk.Training;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Training.Terminal;

public sealed class LoanRiskCommandTests
{
    [Theory]
    [InlineData("train")]
    [InlineData("score")]
    [InlineData("generate")]
    [InlineData("trees", "fit")]
    [InlineData("trees", "predict")]
    public async Task Help_shows_an_example_and_how_to_start_it_in_a_checkout(params string[] verb)
    {
        var run = await TestConsole.RunAsync([.. verb, "--help"]);

        Assert.Equal(0, run.ExitCode);
        Assert.Contains($"Example:{Environment.NewLine}  loanrisk {string.Join(' ', verb)} ", run.Output);
        Assert.Contains($"Usage:{Environment.NewLine}  loanrisk {string.Join(' ', verb)} ", run.Output);
        Assert.Contains("dotnet run -c Release --project LoanRisk.Training --", run.Output);
    }

    [Fact]
    public async Task Help_of_the_whole_names_every_verb()
    {
        var run = await TestConsole.RunAsync("--help");

        Assert.Equal(0, run.ExitCode);
        Assert.All(["train", "score", "generate", "trees"], verb => Assert.Contains("  " + verb, run.Output));
    }

    [Fact]
    public async Task Generate_explains_how_a_shift_is_written()
    {
        var run = await TestConsole.RunAsync("generate", "--help");

        Assert.Contains("NAME*FACTOR", run.Output);
        Assert.Contains("NAME=LEVEL:SHARE", run.Output);
    }

    [Theory]
    [InlineData]
    [InlineData("fly")]
    [InlineData("train")]
    [InlineData("score", "peerloan", "--in", "a.csv")]
    [InlineData("generate", "peerloan", "--rows", "many", "--out", "x.csv")]
    [InlineData("trees")]
    public async Task A_wrong_call_is_answered_on_the_error_stream_with_code_2(params string[] arguments)
    {
        var run = await TestConsole.RunAsync(arguments);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains("--help", run.Error);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("There is no verb \"scroe\"; there is init, ingest,", "scroe", "peerloan")]
    [InlineData("A verb is missing: fit, predict.", "trees")]
    [InlineData("There is no option --form here; there is --from, --leave-out-totals.", "ingest", "peerloan", "--form", "FOLDER")]
    [InlineData("\"more\" is one word too many: loanrisk ingest PRODUCT", "ingest", "peerloan", "more")]
    [InlineData("Something is missing: loanrisk ingest PRODUCT", "ingest")]
    [InlineData("Something is missing: loanrisk models show ID", "models", "show")]
    [InlineData("--trials takes a whole number", "tune", "peerloan", "--trials", "some")]
    [InlineData("--trials takes a value: --trials N", "tune", "peerloan", "--trials")]
    [InlineData("--rows takes a whole number", "generate", "peerloan", "--rows", "1,000", "--out", "x.csv")]
    [InlineData("--late-rate takes a number", "generate", "peerloan", "--rows", "10", "--late-rate", "5%", "--out", "x.csv")]
    [InlineData("--monotone is one of weigh, all, none; it was \"up\".", "train", "peerloan", "--data", "FILE", "--monotone", "up")]
    [InlineData("--monotone-tolerance is a difference", "train", "peerloan", "--data", "FILE", "--monotone-tolerance", "-3")]
    [InlineData("is a file; --out needs the name of a folder", "train", "peerloan", "--data", "FILE", "--out", "FILE")]
    [InlineData("is there and is not a model package", "train", "peerloan", "--data", "FILE", "--out", "FOLDER")]
    [InlineData("is a folder; name a file.", "score", "peerloan", "--in", "FOLDER", "--out", "x.csv")]
    [InlineData("is a folder; name a file to write.", "score", "peerloan", "--in", "FILE", "--out", "FOLDER")]
    [InlineData("has an empty name", "score", "peerloan", "--in", "FILE", "--out", "")]
    [InlineData("has an empty name", "score", "peerloan", "--in", "", "--out", "x.csv")]
    [InlineData("has an empty name", "generate", "peerloan", "--rows", "5", "--out", "")]
    [InlineData("has an empty name", "trees", "fit", "--data", "FILE", "--label", "is_late", "--model", "")]
    public async Task A_wrong_call_is_told_what_is_allowed(string sentence, params string[] arguments)
    {
        using var folder = new TemporaryFolder();
        SyntheticLoans.Write(folder["loans.csv"], 1, 50);

        var run = await TestConsole.RunAsync(
            [.. arguments.Select(a => a switch { "FILE" => folder["loans.csv"], "FOLDER" => folder.Path, _ => a })]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(sentence, run.Error);
        Assert.DoesNotContain("System.", run.Error);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task A_folder_without_products_says_how_one_is_made()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["products"]);

        var run = await TestConsole.RunInAsync(folder["data"], folder["products"], ["profile", "peerloan"]);

        Assert.Equal(2, run.ExitCode);
        Assert.Contains(
            "there is none at all. A product is a folder with a product.json; draft one: loanrisk init ID --from FILE",
            run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Long_lines_of_help_are_broken_between_words()
    {
        Assert.Equal("one two\nthree\n\nfour", WordWrap.At("one two three\n\nfour", 8));
        Assert.Equal("averylongword\nb", WordWrap.At("averylongword b", 5));
    }

    [Fact]
    public async Task A_cancelled_run_says_so_and_leaves_nothing()
    {
        using var folder = new TemporaryFolder();
        SyntheticLoans.Write(folder["loans.csv"], 1, 9_000);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        using var error = new StringWriter();

        var exitCode = await LoanRiskCommand.RunAsync(
            TrainedPeerLoan.Arguments(folder["loans.csv"], folder["model"]),
            new ConsoleSession(TextWriter.Null, error, TimeProvider.System),
            cancelled.Token);

        Assert.Equal(1, exitCode);
        Assert.Contains("Cancelled.", error.ToString());
        Assert.Equal(["loans.csv"], Directory.GetFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void The_clock_stands_where_source_date_epoch_says()
    {
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), ConsoleSession.Clock("1795219200").GetUtcNow());
        Assert.Same(TimeProvider.System, ConsoleSession.Clock(null));
        Assert.Throws<InvalidOptionException>(() => ConsoleSession.Clock("yesterday"));
    }

    [Fact]
    public void Long_work_is_told_in_lines_and_short_work_is_not()
    {
        using var lines = new StringWriter();
        var clock = new HandClock();
        IStepProgress progress = new LineProgress(lines, clock);

        Assert.Equal(7, progress.Run("Quick", p =>
        {
            p.Report(0.5);
            return 7;
        }));
        Assert.Empty(lines.ToString());

        progress.Run("Slow", p =>
        {
            for (var step = 1; step <= 4; step++)
            {
                clock.Now += TimeSpan.FromSeconds(0.5);
                p.Report(step / 8.0);
            }

            clock.Now += TimeSpan.FromSeconds(1);
            p.Report(0.9);
            return 0;
        });

        Assert.Equal("Slow: 50 %, about 2 s left\nSlow: done in 3 s\n", lines.ToString());
    }

    [Fact]
    public void What_long_work_has_to_say_stands_behind_the_time_left()
    {
        using var lines = new StringWriter();
        var clock = new HandClock();

        new LineProgress(lines, clock).RunWithNotes("Slow", p =>
        {
            clock.Now += TimeSpan.FromSeconds(2);
            p.Report(new StepState(0.25, "validation AUC 0.700000"));
            return 0;
        });

        Assert.StartsWith("Slow: 25 %, about 6 s left; validation AUC 0.700000\n", lines.ToString());
    }

    private sealed class HandClock : TimeProvider
    {
        public TimeSpan Now { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;
    }
}
