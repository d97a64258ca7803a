using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;

namespace LoanRisk.Tests.Training.Init;

/// <summary>A table as people have it, and what <c>init</c> drafts of it.</summary>
internal sealed class DraftedTable : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The table's file.</summary>
    public string Csv => _folder["in.csv"];

    public void Dispose() => _folder.Dispose();

    /// <summary>The product that is drafted of a table, and what is said: in one line, and as it was printed.</summary>
    public async Task<(LoanProduct Product, string Said)> DraftAsync(
        string header, Func<int, string> row, string[]? more = null, int rows = 200)
    {
        File.WriteAllLines(Csv, [header, .. Enumerable.Range(0, rows).Select(row)]);
        var run = await RunAsync(more ?? []);
        Assert.Equal((0, ""), (run.ExitCode, run.Error.Contains("Reading", StringComparison.Ordinal) ? "" : run.Error));
        return (
            ProductFolder.ReadAll(_folder["products"]).Single(),
            string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)) + "\n" + run.Output);
    }

    /// <summary>Drafts a product of the file as it is.</summary>
    public Task<TestConsole> RunAsync(params string[] more) =>
        TestConsole.RunAsync(["init", "drafted", "--from", Csv, "--out", _folder["products"], .. more]);
}
