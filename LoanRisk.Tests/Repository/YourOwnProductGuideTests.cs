using System.Text.RegularExpressions;
using LoanRisk.Tests.Loans;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Repository;

/// <summary>Runs the console commands of the guide in their order, as a newcomer would.</summary>
[Slow]
public sealed partial class YourOwnProductGuideTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_console_command_of_the_guide_works_as_written()
    {
        var guide = await File.ReadAllTextAsync(
            Path.Combine(SharedFolder.Checkout, "docs", "your-own-product.md"), TestContext.Current.CancellationToken);
        var commands = Fence()
            .Matches(guide)
            .SelectMany(m => m.Groups["lines"].Value.Split('\n'))
            .Where(l => l.StartsWith("loanrisk ", StringComparison.Ordinal))
            .ToList();
        Furnish();
        var model = "";

        foreach (var command in commands)
        {
            var run = await TestConsole.RunInAsync(_folder["data"], _folder["products"], Arguments(command, model));

            Assert.True(run.ExitCode == 0, $"{command}: {run.Error}");
            model = command.StartsWith("loanrisk train ", StringComparison.Ordinal) ? Model().Match(run.Output).Groups["id"].Value : model;
            Prepare(command);
        }

        Assert.Equal(
            ["generate", "init", "ingest", "train", "tune", "models", "models", "models", "score"], commands.Select(c => c.Split(' ')[1]));
        Assert.Contains("probability", File.ReadLines(_folder["scored.csv"]).First());
    }

    // The guide's other commands: mkdir and cp.
    private void Prepare(string command)
    {
        if (command.StartsWith("loanrisk init ", StringComparison.Ordinal))
        {
            Directory.CreateDirectory(_folder["incoming"]);
            File.Copy(_folder["clients.csv"], _folder["incoming", "clients.csv"]);
        }
    }

    private string[] Arguments(string command, string model) =>
        [
            .. command.Split(' ').Skip(1).Select(
                word =>
                    word == "MODEL" ? model : word is "incoming" || word.EndsWith(".csv", StringComparison.Ordinal) ? _folder[word] : word),
        ];

    private void Furnish()
    {
        Directory.CreateDirectory(_folder["data"]);
        Directory.CreateDirectory(_folder["products", "attrition"]);
        File.Copy(
            Path.Combine(SharedFolder.Checkout, "products", "attrition", "product.json"), _folder["products", "attrition", "product.json"]);
    }

    [GeneratedRegex(
        "^```bash\\n(?<lines>.*?)^```",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Fence();

    [GeneratedRegex("models promote (?<id>[0-9a-f]{12})", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Model();
}
