using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Tests.Loans;

/// <summary>Loans whose risk rises with rate and debt and falls with income, and lenders' usual gaps.</summary>
internal static class SyntheticLoans
{
    private static readonly string[] Purposes = ["debt_consolidation", "credit_card", "car", "small_business"];
    private static readonly string[] Homes = ["MORTGAGE", "RENT", "OWN", "ANY"];
    private static readonly string[] Tenures = ["< 1 year", "1 year", "5 years", "10+ years", ""];

    public static IEnumerable<string> Lines(int seed, int rows)
    {
        var random = new SeededRandom(seed);
        yield return PeerLoan.Header;
        for (var i = 0; i < rows; i++)
        {
            yield return Line(ref random);
        }
    }

    public static string Write(string path, int seed, int rows)
    {
        File.WriteAllLines(path, Lines(seed, rows));
        return path;
    }

    private static string Line(ref SeededRandom random)
    {
        var grade = random.NextBelow(7);
        var rate = Math.Round(0.06 + (0.03 * grade) + (0.02 * random.NextDouble()), 4);
        var income = 20_000 + (1_000 * random.NextBelow(120));
        var dti = Math.Round(39 * random.NextDouble(), 2);
        var late = random.NextDouble() < 0.05 + (1.2 * rate * dti / 39) - (income / 4_000_000.0);
        var fields = new[]
        {
            $"{1_000 + (25 * random.NextBelow(1_500))}", $"{rate}", Purposes[random.NextBelow(4)], "ABCDEFG"[grade].ToString(), $"{income}",
            random.NextBelow(20) == 0 ? "" : $"{Math.Round(random.NextDouble(), 3)}", Tenures[random.NextBelow(5)], $"{dti}",
            $"{random.NextBelow(4) / 3}",
            Homes[random.NextBelow(4)], late ? "1" : "0",
        };
        return string.Join(',', fields);
    }
}
