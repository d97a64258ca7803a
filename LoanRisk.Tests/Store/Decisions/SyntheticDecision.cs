using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Store.Decisions;

/// <summary>Decisions that no model made, with everything in them that is hard to keep.</summary>
internal static class SyntheticDecision
{
    public static StoredDecision WithId(string id, int seed = 1)
    {
        var random = new Random(seed);
        return new StoredDecision(
            id,
            new DateTimeOffset(2026, 11, 21, 6, 30, 15, TimeSpan.Zero).AddTicks(random.Next()),
            Origin.Api,
            [
                KeyValuePair.Create("zeta", (string?)"1,5 %"),
                KeyValuePair.Create("größe \"ñ\" \u0001", (string?)"< 1 year & 'x'"),
                KeyValuePair.Create("open", (string?)null),
            ],
            Made(random));
    }

    private static Decision Made(Random random) => new()
    {
        Product = "peerloan",
        Probability = random.NextDouble(),
        Outcome = Outcome.Refer,
        Thresholds = new Thresholds(0.1 + 0.2, 1.0 / 3),
        Reasons =
        [
            new Reason("dti", "Debt payments against income (61 %)", null), new Reason("int_rate", "The rate", Math.BitIncrement(0.41)),
        ],
        Favourable = [new Reason("grade", "The grade", -random.NextDouble())],
        Warnings = [new Warning("dti", "above \"all\" in training")],
        KnockOuts = ["dti-ceiling"],
        PolicyVersion = "7",
        PolicyHash = new string('a', 64),
        ProductHash = new string('b', 64),
        ReferredFor = ["int_rate"],
        Scoring = ScoringMode.Mlnet,
        Model = new ModelIdentity("abc123", "0.1.0", new DateTimeOffset(2026, 11, 20, 1, 2, 3, TimeSpan.FromHours(2))),
        Features = ["dti", "int_rate", "revol_util"],
        Row = [double.NaN, 5e-324, -0.0],
        Values = [null, "0.1198", ""],
        RawScore = -3.9999999999999996,
        BaseValue = random.NextDouble() * 1e-300,
        Contributions = [Math.PI, double.NegativeInfinity, 1e308],
    };
}
