namespace LoanRisk.Tests.Deploy;

/// <summary>The console as a .NET tool, installed from a folder.</summary>
[Slow]
public sealed class ToolTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_console_is_installed_from_its_package_and_finds_the_products_that_it_carries()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The commands are Linux's.");
        await Command.RunAsync(
            $"dotnet pack LoanRisk.Training --no-build -c {Configuration} -o {_folder["packages"]} -v q", SharedFolder.Checkout);
        Directory.CreateDirectory(_folder["elsewhere"]);
        await File.WriteAllTextAsync(_folder["elsewhere", "nuget.config"], $"""
            <configuration><packageSources><clear /><add key="here" value="{_folder["packages"]}" /></packageSources></configuration>
            """, TestContext.Current.CancellationToken);
        await Command.RunAsync($"dotnet tool install LoanRisk.Console --tool-path {_folder["tools"]}", _folder["elsewhere"]);

        var console = _folder["tools", "loanrisk"];
        (string, string)[] data = [("LOANRISK_DATA", _folder["data"])];
        Assert.Contains("models", await Command.RunAsync($"{console} --help", _folder["elsewhere"], data));
        Assert.Contains("peerloan", await Command.RunAsync($"{console} models list", _folder["elsewhere"], data));
        var refused = await Command.RunAsync(
            $"{console} models list || echo refused", _folder["elsewhere"], [.. data, ("LOANRISK_PRODUCTS", _folder["none"])]);
        Assert.Contains(_folder["none"], refused);
        Assert.EndsWith("refused", refused);
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";
}
