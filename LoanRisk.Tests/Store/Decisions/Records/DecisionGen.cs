using CsCheck;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Tests.Store.Decisions.Records;

/// <summary>Decisions with anything in them that the types allow.</summary>
internal static class DecisionGen
{
    private static readonly double[] Odd =
        [0, -0.0, 1, -1, 3, 0.1, 5e-324, 1e308, double.NaN, double.NegativeInfinity, double.PositiveInfinity, 9007199254740993, 42000.5];

    private static readonly string[] Words =
    [
        "", "dti", "int_rate", "C", "12,000", "0.1198", "-0", "1e5", "1E400", "NaN", "Grade C: worse",
        "Loan amount $12,000: too much", "\0",
        "größe", "\U0001F600", "\uD800", "x\uDC00y", "\uDE00\uD83D", "2026-11-21 10:42:29.12",
        " ", new('7', 500), new('ä', 300),
    ];

    /// <summary>Texts, among them empty ones, long ones and halves of surrogate pairs.</summary>
    public static Gen<string> Text { get; } = Gen.OneOf(
        Gen.OneOf(Words),
        Gen.String,
        Gen.Char['\uD700', '\uE000'].Array[0, 6].Select(letters => new string(letters)),
        Gen.Select(Gen.OneOf(Words), Gen.OneOf(Words), Gen.OneOf(Words), (a, b, c) => a + b + c));

    /// <summary>Doubles of every bit pattern.</summary>
    public static Gen<double> Number { get; } = Gen.OneOf(
        Gen.OneOf(Odd), Gen.Double, Gen.ULong.Select(BitConverter.UInt64BitsToDouble), Gen.Int[-5, 100_000].Select(whole => (double)whole));

    /// <summary>Stored decisions; the lists need not be as long as the features.</summary>
    public static Gen<StoredDecision> Stored { get; } =
        from decision in Decided()
        from id in Text
        from ticks in Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks]
        from origin in Gen.Enum<Origin>()
        from input in Gen.Select(Name(decision), Value(decision)).Select(KeyValuePair.Create).Array[0, 12]
        from dataVersion in Gen.Nullable(Gen.Int)
        from changedFrom in Gen.Null(Text)
        select new StoredDecision(id, new DateTimeOffset(ticks, TimeSpan.Zero), origin, input, decision, dataVersion, changedFrom);

    private static Gen<Decision> Decided() =>
        from shared in Shared()
        from probability in Number
        from rawScore in Number
        from outcome in Gen.Enum<Outcome>()
        from values in Lengths(shared).SelectMany(length => Value(shared).Array[length])
        from row in Lengths(shared).SelectMany(length => Number.Array[length])
        from contributions in Lengths(shared).SelectMany(length => Number.Array[length])
        let numbered = shared with { Values = values, Row = RowOf(row, values), Contributions = contributions }
        from reasons in Reason(numbered).Array[0, 5]
        from favourable in Reason(numbered).Array[0, 5]
        from warnings in Gen.Select(Name(shared), Sentence(shared)).Select((name, text) => new Warning(name, text)).Array[0, 3]
        from knockOuts in Name(shared).Array[0, 3]
        from referredFor in Name(shared).Array[0, 3]
        select numbered with
        {
            Probability = probability,
            RawScore = rawScore,
            Outcome = outcome,
            Reasons = reasons,
            Favourable = favourable,
            Warnings = warnings,
            KnockOuts = knockOuts,
            ReferredFor = referredFor,
        };

    private static Gen<Decision> Shared() =>
        from features in Text.Array[0, 30]
        from phrases in Text.Array[0, 40]
        from texts in Text.Array[4]
        from hashes in Gen.Null(Text).Array[2]
        from numbers in Number.Array[3]
        from ticks in Gen.Long[DateTimeOffset.MinValue.Ticks, DateTimeOffset.MaxValue.Ticks]
        from scoring in Gen.Nullable(Gen.Enum<ScoringMode>())
        select new Decision
        {
            Product = texts[0],
            PolicyVersion = texts[1],
            Model = new ModelIdentity(texts[2], texts[3], new DateTimeOffset(ticks, TimeSpan.Zero)),
            PolicyHash = hashes[0],
            ProductHash = hashes[1],
            Thresholds = new Thresholds(numbers[0], numbers[1]),
            BaseValue = numbers[2],
            Features = features,
            Phrases = phrases,
            Scoring = scoring,
            Probability = 0,
            RawScore = 0,
            Outcome = default,
            Values = [],
            Row = [],
            Contributions = [],
            Reasons = [],
            Favourable = [],
            Warnings = [],
            KnockOuts = [],
        };

    private static Gen<int> Lengths(Decision shared) => Gen.Frequency((9, Gen.Const(shared.Features.Count)), (1, Gen.Int[0, 40]));

    // Most numbers of a row are what the text of the value says.
    private static double[] RowOf(double[] row, string?[] values) =>
        [.. row.Select((number, i) => i % 2 == 0 && i < values.Length && double.TryParse(values[i], out var said) ? said : number)];

    private static Gen<string?> Value(Decision shared) =>
        Gen.Null(Gen.OneOf(Text, Number.Select(number => number.ToString()), Sentence(shared)));

    private static Gen<string> Name(Decision shared) =>
        shared.Features.Count == 0 ? Text : Gen.OneOf(Text, Gen.OneOf([.. shared.Features]));

    private static Gen<string> Sentence(Decision shared)
    {
        var phrase = shared.Phrases.Count == 0 ? Text : Gen.OneOf([.. shared.Phrases]);
        return Gen.OneOf(Text, phrase, Gen.OneOf(phrase, Text).Array[0, 20].Select(string.Concat));
    }

    private static Gen<Reason> Reason(Decision decision) =>
        from name in Name(decision)
        from text in Sentence(decision)
        from number in Gen.Nullable(Number)
        from isOwn in Gen.Bool
        let place = decision.Features.ToList().IndexOf(name)
        select new Reason(
            name, text, isOwn && place >= 0 && place < decision.Contributions.Count ? decision.Contributions[place] : number);
}
