using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Xml.Linq;
using LoanRisk.Trees;

namespace LoanRisk.Tests.Repository;

/// <summary>The packages that others may use.</summary>
[Slow]
public sealed class PackageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static string Model => Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "golden", "bin_pandas", "model.txt");

    public static TheoryData<string> Packages => ["LoanRisk.Trees", "LoanRisk.MLNet"];

    public void Dispose() => _folder.Dispose();

    /// <summary>A wanted change of what others call is taken over by LOANRISK_ACCEPT=1.</summary>
    [Theory]
    [MemberData(nameof(Packages))]
    public void What_others_may_call_is_what_was_agreed(string package)
    {
        var file = Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "Repository", "PublicApi", package + ".txt");
        var actual = PublicApi.Of(Assembly.Load(package));
        if (Environment.GetEnvironmentVariable("LOANRISK_ACCEPT") == "1")
        {
            File.WriteAllText(file, actual);
        }

        Assert.True(
            File.ReadAllText(file) == actual,
            $"What others may call differs from {file}. If that is wanted, run this test with LOANRISK_ACCEPT=1 and commit the file.");
    }

    [Fact]
    public async Task A_program_elsewhere_uses_the_packages_from_a_folder()
    {
        foreach (var package in Packages)
        {
            await DotnetAsync(
                SharedFolder.Checkout, "pack", package.Data, "--no-build", "-c", Configuration, "-o", _folder["packages"], "-v", "q");
        }

        Assert.All(Packages, package => AssertWhole(package.Data));
        WriteProgram();
        var built = await DotnetAsync(_folder["program"], "build", "-v", "q", "-o", _folder["built"]);
        Assert.DoesNotContain("error", built);

        var output = await DotnetAsync(_folder["program"], _folder["built", "program.dll"], _folder["program", "model.txt"]);

        var expected = TreeModel.Parse(await File.ReadAllTextAsync(Model, TestContext.Current.CancellationToken))
            .Predict([5000, 2, 3, 0.14, 2, 0]); // the codes of C, RENT, 2 years and 36
        Assert.Equal(expected.ToString("R", CultureInfo.InvariantCulture), output.Trim());
    }

    private static string Configuration => AppContext.BaseDirectory.Contains("Release", StringComparison.Ordinal) ? "Release" : "Debug";

    private void AssertWhole(string package)
    {
        var version = XDocument.Load(Path.Combine(SharedFolder.Checkout, "Directory.Build.props")).Descendants("Version").Single().Value;
        using var archive = ZipFile.OpenRead(_folder["packages", $"{package}.{version}.nupkg"]);
        using var symbols = ZipFile.OpenRead(_folder["packages", $"{package}.{version}.snupkg"]);
        string[] wanted = ["README.md", "LICENSE", $"lib/net10.0/{package}.dll", $"lib/net10.0/{package}.xml"];

        Assert.Empty(wanted.Except(archive.Entries.Select(entry => entry.FullName)));
        Assert.Contains(symbols.Entries, entry => entry.FullName == $"lib/net10.0/{package}.pdb");
    }

    private void WriteProgram()
    {
        Directory.CreateDirectory(_folder["program"]);
        File.WriteAllText(_folder["program", "nuget.config"], $"""
            <configuration>
              <packageSources><clear /><add key="here" value="{_folder["packages"]}" /></packageSources>
              <config><add key="globalPackagesFolder" value="{_folder["restored"]}" /></config>
              <fallbackPackageFolders><add key="known" value="{KnownPackages}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(_folder["program", "program.csproj"], """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <ImplicitUsings>enable</ImplicitUsings>
                <InvariantGlobalization>true</InvariantGlobalization>
              </PropertyGroup>
              <ItemGroup>
                <FrameworkReference Include="Microsoft.AspNetCore.App" />
                <PackageReference Include="LoanRisk.MLNet" Version="*" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(_folder["program", "Program.cs"], """
            using LoanRisk.MLNet.Hosting;
            using Microsoft.Extensions.DependencyInjection;

            var services = new ServiceCollection();
            services.AddTreeModel<Loan>("loans").FromFile(args[0]);
            using var provider = services.BuildServiceProvider();
            var told = provider.GetRequiredService<TreeModelScorer<Loan>>().Explain(new Loan(5000, "C", "RENT", 0.14, "2 years", 36));
            var sum = told.BaseValue + told.Contributions.Sum(c => c.Value);
            Console.WriteLine(Math.Abs(sum - told.RawScore) < 1e-9 ? told.Prediction.ToString("R") : "does not add up");

            public sealed record Loan(double Amt, string Grade, string Home, double? Rate, string Emp, int Term);
            """);
        File.Copy(Model, _folder["program", "model.txt"]);
    }

    // What this build has restored; nothing is fetched.
    private static string KnownPackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task<string> DotnetAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using var process = Process.Start(start)!;
        var stop = TestContext.Current.CancellationToken;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
        await process.WaitForExitAsync(stop);
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}\n{await output}{await error}");
        return await output;
    }
}
