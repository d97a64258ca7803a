using System.Text.Json.Nodes;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Store.Decisions;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Training.Decisions;

public sealed class DecisionsVerbTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_decision_is_shown_whole_beside_a_site_that_has_the_database_open()
    {
        await using var store = await FillAsync();

        var console = await TestConsole.RunInAsync(_folder.Path, "decisions", "show", "06gzwgw40a");

        Assert.Equal((ExitCode.Fine, ""), (console.ExitCode, console.Error));
        var shown = JsonNode.Parse(console.Output)!;
        var stored = SyntheticDecision.WithId("06gzwgw40a1");
        Assert.Equal("06gzwgw40a1", (string?)shown["id"]);
        Assert.Equal(stored.Decision.RawScore, (double)shown["rawScore"]!);
        Assert.Equal("refer", (string?)shown["outcome"]);
        Assert.Equal("0.1198", (string?)shown["features"]![1]!["value"]);
        Assert.Equal("NaN", (string?)shown["features"]![0]!["number"]);
        Assert.Equal(["zeta", "größe \"ñ\" \u0001", "open"], shown["input"]!.AsArray().Select(field => (string?)field!["name"]));
        Assert.Equal(stored.Decision.Reasons[1].Text, (string?)shown["reasons"]![1]!["text"]);
    }

    [Theory]
    [InlineData("nobody", "There is no decision nobody in ", ExitCode.Failed)]
    [InlineData("06gzwgw40", "More than one decision begins with 06gzwgw40; give more of the id.", ExitCode.CalledWrongly)]
    public async Task An_id_that_names_none_or_several_is_an_error(string id, string words, int code)
    {
        await using var store = await FillAsync();

        var console = await TestConsole.RunInAsync(_folder.Path, "decisions", "show", id);

        Assert.Contains(words, console.Error);
        Assert.Equal(code, console.ExitCode);
    }

    [Fact]
    public async Task A_whole_id_is_found_though_another_begins_with_it()
    {
        await using var store = await FillAsync();

        var console = await TestConsole.RunInAsync(_folder.Path, "decisions", "show", "06gzwgw40b");

        Assert.Equal("06gzwgw40b", (string?)JsonNode.Parse(console.Output)!["id"]);
    }

    private async Task<DecisionStore> FillAsync()
    {
        var store = DecisionStore.Open(new DataFolder(_folder.Path, "test"));
        await store.SaveAsync(
            [.. new[] { "06gzwgw40a1", "06gzwgw40b", "06gzwgw40b2" }.Select(id => SyntheticDecision.WithId(id))],
            TestContext.Current.CancellationToken);
        return store;
    }
}
