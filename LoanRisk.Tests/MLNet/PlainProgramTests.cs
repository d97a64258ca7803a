using System.Diagnostics;
using System.Globalization;
using System.Xml.Linq;
using LoanRisk.Lending.Products;
using LoanRisk.Store.Packages;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.MLNet;

/// <summary>
/// A program that knows ML.NET alone, built as its author would, loads the shipped champion's zip and gives the engine's scores; LightGBM's
/// native library is not even there.
/// </summary>
[Slow]
public sealed class PlainProgramTests : IDisposable
{
    private const int Rows = 2_000;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_program_with_nothing_but_ML_NET_gives_the_engines_scores_and_needs_no_native_LightGBM()
    {
        var champion = PackageFolder.Read(Path.Combine(PeerLoan.ProductsFolder, "peerloan", "champion"), PeerLoan.Product);
        File.WriteAllBytes(_folder["model.zip"], champion.MLNet!.Value.Span);
        var rows = WriteRows(new Random(5));
        Build();
        var natives = Directory.GetFiles(_folder["out"], "*lightgbm*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file).StartsWith("lib_", StringComparison.Ordinal))
            .ToList();
        Assert.NotEmpty(natives);
        natives.ForEach(File.Delete);

        var answers = Run(
            _folder["out", "PlainProgram.dll"],
            _folder["model.zip"],
            _folder["rows.csv"]).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        Assert.Equal(Rows, answers.Length);
        var numbers = answers.Select(
            line => line.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)).ToArray());
        foreach (var (row, answer) in rows.Zip(numbers))
        {
            var raw = champion.Trees.PredictRaw(row);
            Assert.Equal((float)raw, answer[0]);
            Assert.Equal(champion.Calibration.Probability(raw), answer[1], 1e-6);
        }
    }

    // Outside the checkout, whose properties are not every program's; from the packages that this test's build restored, and no other
    // source.
    private void Build()
    {
        var source = Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "MLNet", "PlainProgram");
        Directory.CreateDirectory(_folder["source"]);
        foreach (var file in Directory.GetFiles(source))
        {
            File.Copy(file, _folder["source", Path.GetFileName(file)]);
        }

        File.WriteAllText(
            _folder["source", "nuget.config"],
            $"""<configuration><packageSources><clear /><add key="restored" value="{Packages()}" /></packageSources></configuration>""");
        Run(
            "build",
            _folder["source", "PlainProgram.csproj"],
            "-c",
            "Release",
            "-o",
            _folder["out"],
            "-v",
            "q",
            "-nologo",
            "-nodeReuse:false",
            $"-p:MLNetVersion={Version()}",
            "-p:UseSharedCompilation=false");
    }

    private static string Version() =>
        XDocument.Load(Path.Combine(SharedFolder.Checkout, "Directory.Packages.props")).Descendants("PackageVersion")
        .Single(package => (string?)package.Attribute("Include") == "Microsoft.ML.LightGbm").Attribute("Version")!.Value;

    private static string Packages() =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private double[][] WriteRows(Random random)
    {
        var rows = Enumerable.Range(0, Rows)
            .Select(_ => PeerLoan.Product.Features.Select(feature => Value(feature, random)).ToArray())
            .ToArray();
        File.WriteAllLines(
            _folder["rows.csv"],
            [
                string.Join(',', PeerLoan.Product.FeatureNames),
                .. rows.Select(row => string.Join(',', row.Zip(PeerLoan.Product.Features).Select(pair => Text(pair.First, pair.Second)))),
            ]);
        return rows;
    }

    private static double Value(Feature feature, Random random) => feature switch
    {
        _ when random.Next(8) == 0 => double.NaN,
        { Kind: FeatureKind.Numeric } =>
            (float)(feature.Seen!.Min + ((feature.Seen.Max - feature.Seen.Min) * random.NextDouble() * random.NextDouble())),
        { Kind: FeatureKind.Nominal } => random.Next(feature.Levels.Count + 1),
        _ => random.Next(feature.Levels.Count),
    };

    private static string Text(double value, Feature feature) => (feature.HasLevels, value) switch
    {
        (_, double.NaN) => "",
        (true, var code) => code < feature.Levels.Count ? feature.Levels[(int)code].Value : "none of them",
        _ => value.ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Run(params string[] arguments)
    {
        var start = new ProcessStartInfo(
            "dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"dotnet {string.Join(' ', arguments)}: {output}{error.Result}");
        return output;
    }
}
