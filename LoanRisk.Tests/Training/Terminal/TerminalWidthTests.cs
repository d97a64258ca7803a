using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Web;
using LoanRisk.Tests.Web.Hosting;
using LoanRisk.Training.Terminal;
using Spectre.Console;

namespace LoanRisk.Tests.Training.Terminal;

/// <summary>What the console writes on a terminal of 80 columns, and what it writes into a pipe.</summary>
[Slow]
public sealed class TerminalWidthTests : IDisposable
{
    private const int Width = 80;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task No_verb_writes_past_the_edge_or_breaks_a_word_or_cuts_one_off()
    {
        var loans = SyntheticLoans.Write(_folder["a-rather-long-name-of-a-file-of-loans-2026-11.csv"], seed: 3, rows: 1_000);
        var incoming = Directory.CreateDirectory(_folder["incoming"]).FullName;
        File.Copy(loans, Path.Combine(incoming, Path.GetFileName(loans)));
        var train = await RunAsync("train", "peerloan", "--data", loans);
        var id = train.Output.Split("models promote ")[1].Trim();

        foreach (var arguments in new string[][]
        {
            ["models", "list"],
            ["models", "show", id],
            ["models", "compare", id],
            ["tune", "peerloan", "--data", loans, "--trials", "1"],
            ["trials", "peerloan"],
            ["ingest", "peerloan", "--from", incoming], ["profile", "peerloan"], ["diagnose", "peerloan", "--runs", "1", "--rows", "300"],
            ["score", "peerloan", "--in", loans, "--out", _folder["scored.csv"]],
            ["generate", "peerloan", "--rows", "10", "--seed", "1", "--out", _folder["made.csv"]],
            ["init", "newloan", "--from", loans, "--out", _folder["new"]], ["--help"], ["models", "--help"], ["generate", "--help"],
        })
        {
            var run = await RunAsync(arguments);
            Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Error}");
            Assert.All((run.Output + run.Error).Split('\n'), line => AssertFits(line, arguments));
            Assert.DoesNotContain('…', run.Output);
        }

        Assert.Contains(id, (await RunAsync("models", "list")).Output);
    }

    [Fact]
    public async Task A_table_with_room_enough_has_every_row_in_one_line_and_no_escape_codes()
    {
        var file = SyntheticLoans.Write(_folder["loans.csv"], seed: 3, rows: 1_000);
        var tune = await PipeAsync("tune", "peerloan", "--data", file, "--trials", "2");
        Assert.Equal("", tune.ExitCode == 0 ? "" : tune.Error);
        var trials = await PipeAsync("trials", "peerloan");

        Assert.Matches(@"│ 2 .*learning_rate=.*num_leaves=.*│", trials.Output);
        Assert.DoesNotContain('\u001b', trials.Output);
        Assert.DoesNotContain('…', trials.Output);
    }

    [Theory]
    [InlineData(null, 80)]
    [InlineData("", 80)]
    [InlineData("wide", 80)]
    [InlineData("0", 80)]
    [InlineData("120", 120)]
    public void A_table_in_a_pipe_is_as_wide_as_COLUMNS_says_or_80(string? columns, int width) =>
        Assert.Equal(width, ConsoleSession.WidthInPipe(columns));

    [Fact]
    public async Task A_table_of_the_program_keeps_to_80_columns_in_a_pipe()
    {
        var products = TrainedProducts.WriteTo(_folder["products"]);
        var (exitCode, output) = await SiteProcess.RunConsoleAsync(
            _folder["data"], products, "profile", "peerloan", "--data", SyntheticLoans.Write(_folder["more.csv"], seed: 3, rows: 400));

        Assert.Equal(0, exitCode);
        Assert.Contains("annual_inc", output);
        Assert.All(output.Split('\n').Where(line => line.Contains('│') || line.Contains('─')), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(80)]
    [InlineData(40)]
    [InlineData(20)]
    public void A_table_keeps_its_ids_whole_on_every_terminal(int width)
    {
        const string Id = "3fa9c2d41b07";
        var table = ConsoleSession.Table("Models", "Id", "Product", "What happened", "Share");
        table.AddRow(Id, "a-product-with-a-long-id", "promoted against the gate for a reason that takes a sentence to tell", "12.3 %");
        using var output = new StringWriter();
        new ConsoleSession(output, output, TimeProvider.System, width: width).Write(table);

        Assert.Contains(Id, output.ToString());
        Assert.Contains("a-product-with-a-long-id", output.ToString());
        Assert.Contains("12.3 %", output.ToString());
        Assert.Equal(
            ["promoted", "against", "the", "gate", "for", "a", "reason"],
            output.ToString()
                .Split([' ', '\n', '│'], StringSplitOptions.RemoveEmptyEntries)
                .Where(word => word is "promoted" or "against" or "the" or "gate" or "for" or "a" or "reason")
                .Take(7));
    }

    [Fact]
    public void A_table_that_cannot_fit_is_written_as_records()
    {
        var table = ConsoleSession.Table("Files", "File", "What became of it", "Rows");
        table.AddRow(new string('x', 50), "joined", "1,000");
        using var output = new StringWriter();
        new ConsoleSession(output, output, TimeProvider.System, width: 60).Write(table);

        Assert.Equal(
            ["Files", $"File {new string('x', 50)}", "  What became of it  joined", "  Rows               1,000"],
            output.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public void Columns_of_words_stand_left_and_of_numbers_right()
    {
        var table = ConsoleSession.Table("Bands", "Band", "State", "Rows", "Became");
        table.AddRow("a", "champion", "1", "number, 1 to 5");
        table.AddRow("b", "none", "1,000", "12 levels");
        table.AddRow("c", "retired", "-", "left out: 200 texts");
        using var output = new StringWriter();
        new ConsoleSession(output, output, TimeProvider.System).Write(table);

        Assert.Contains("│ a    │ champion │     1 │ number, 1 to 5      │", output.ToString());
        Assert.Contains("│ b    │ none     │ 1,000 │ 12 levels           │", output.ToString());
    }

    [Theory]
    [InlineData("- a point that goes on and on", "- a point\n  that goes\n  on and on")]
    [InlineData("  NO   loans: none at all", "  NO\n  loans:\n  none at\n  all")]
    [InlineData("To let it serve: loanrisk models promote 3fa9c2d41b07", "To let it\nserve:\nloanrisk models promote 3fa9c2d41b07")]
    public void Lines_go_on_below_their_beginning_and_a_command_stays_in_one_piece(string line, string expected)
    {
        using var output = new StringWriter();
        new ConsoleSession(output, output, TimeProvider.System, width: 11).Output.WriteLine(line);

        Assert.Equal(expected.Split('\n'), output.ToString().TrimEnd().Split('\n'));
    }

    // A command to be copied and a path stand in one piece however long they are.
    private static void AssertFits(string line, string[] arguments) =>
        Assert.True(
            line.Length <= Width
                || line.Contains("loanrisk ", StringComparison.Ordinal)
                || line.Trim().Split(' ').Any(word => word.Length > Width / 2),
            $"{string.Join(' ', arguments)} writes {line.Length} columns: {line}");

    private Task<TestConsole> RunAsync(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], null, arguments, Width);

    private Task<TestConsole> PipeAsync(params string[] arguments) => TestConsole.RunInAsync(_folder["data"], null, arguments);
}
