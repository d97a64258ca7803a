using System.Globalization;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Packages;

namespace LoanRisk.Benchmarks.Fixtures;

/// <summary>Decisions of PeerLoan's champion about made-up applications, all of them different.</summary>
internal static class SyntheticDecisions
{
    private static readonly string[] Purposes = ["debt_consolidation", "credit_card", "home_improvement", "small_business", "car"];

    private static readonly string[] Employments = ["< 1 year", "3 years", "10+ years"];

    /// <summary>As many, with empty ids.</summary>
    public static StoredDecision[] Make(int count)
    {
        var product = ProductFolder.ReadAll(ProductFolder.Default).First(static p => p.Id == "peerloan");
        var engine = new DecisionEngine(product, ProductFolder.ReadChampion(ProductFolder.Default, product)!);
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => Decide(engine, Application(random)))];
    }

    private static StoredDecision Decide(DecisionEngine engine, Dictionary<string, FieldValue> fields)
    {
        var application = LoanApplication.Check(engine.Product, fields, InputStyle.Text).Application!;
        return new StoredDecision(
            "",
            DateTimeOffset.UtcNow,
            Origin.Api,
            [.. fields.Select(static field => KeyValuePair.Create(field.Key, field.Value.Text))],
            engine.Decide(application));
    }

    private static Dictionary<string, FieldValue> Application(Random random)
    {
        (string Name, object Value)[] fields =
        [
            ("loan_amnt", 1000 + random.Next(39_000)),
            ("int_rate", Math.Round(0.06 + (0.2 * random.NextDouble()), 4)),
            ("purpose", Purposes[random.Next(Purposes.Length)]),
            ("grade", "ABCDE"[random.Next(5)]),
            ("annual_inc", 20_000 + random.Next(100_000)),
            ("emp_length", Employments[random.Next(Employments.Length)]),
            ("home_ownership", random.Next(2) == 0 ? "RENT" : "MORTGAGE"),
            ("dti", Math.Round(39 * random.NextDouble(), 1)),
            ("revol_util", Math.Round(random.NextDouble(), 2)),
            ("delinq_2yrs", random.Next(4)),
        ];
        return fields.ToDictionary(
            static field => field.Name, static field => FieldValue.OfText(Convert.ToString(field.Value, CultureInfo.InvariantCulture)));
    }
}
