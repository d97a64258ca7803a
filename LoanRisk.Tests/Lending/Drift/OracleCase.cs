using System.Globalization;

namespace LoanRisk.Tests.Lending.Drift;

/// <summary>A case of <c>oracle.txt</c>, which R wrote: <c>oracle.R</c> beside it says how.</summary>
internal sealed record OracleCase(string Test, string Name, double[] First, double[] Second, double?[] Expected)
{
    public long[] FirstCounts => Array.ConvertAll(First, v => (long)v);

    public long[] SecondCounts => Array.ConvertAll(Second, v => (long)v);

    public static OracleCase Of(string test, string name) => All.Single(c => c.Test == test && c.Name == name);

    public static TheoryData<string> Names(string test) => [.. All.Where(c => c.Test == test).Select(c => c.Name)];

    public static IReadOnlyList<OracleCase> All { get; } =
    [
        .. File.ReadLines(Path.Combine(SharedFolder.Checkout, "LoanRisk.Tests", "Lending", "Drift", "oracle.txt")).Select(Read),
    ];

    private static OracleCase Read(string line)
    {
        var parts = line.Split('\t');
        return new OracleCase(
            parts[0], parts[1], Numbers(parts[2]), Numbers(parts[3]),
            [.. parts.Skip(4).Select(p => p == "NA" ? null : (double?)Number(p))]);
    }

    private static double[] Numbers(string text) => [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(Number)];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
