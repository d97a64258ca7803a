using CsCheck;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Decisions;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Store.Decisions.Records;

namespace LoanRisk.Tests.Store.Decisions.Records;

public sealed class DecisionRecordTests
{
    [Fact]
    public void Every_decision_comes_back_to_the_last_bit_from_its_line_and_the_bytes_of_its_context() =>
        DecisionGen.Stored.Sample(stored => Assert.Equal(SameDecision.Text(stored), SameDecision.Text(ThereAndBack(stored))), iter: 3_000);

    [Fact]
    public void A_synthetic_decision_comes_back_and_its_summary_says_the_same()
    {
        var stored = SyntheticDecision.WithId("a1");

        var line = ReadBack(DecisionLine.Of(stored, new DecisionContexts()));

        Assert.Equivalent(stored, line.ToStored(), strict: true);
        var summary = line.ToSummary();
        Assert.Equal(
            (stored.Id, stored.DecidedAt, stored.Decision.Product, stored.Decision.Outcome, stored.Decision.Probability, stored.Origin),
            (summary.Id, summary.DecidedAt, summary.Product, summary.Outcome, summary.Probability, summary.Origin));
        Assert.Equal((stored.Decision.Model.Id, stored.Decision.Thresholds), (summary.ModelId, summary.Thresholds));
        Assert.True(summary is { IsByRule: true, IsForUnseen: true });
        Assert.Equal(stored.Decision.Values, line.ReadValues());
    }

    [Fact]
    public void Long_lists_come_back()
    {
        var made = SyntheticDecision.WithId("many");
        var many = made with
        {
            Input = [.. Enumerable.Range(0, 10_000).Select(i => KeyValuePair.Create($"field{i}", (string?)new string('x', i % 50)))],
            Decision = made.Decision with
            {
                Features = [.. Enumerable.Range(0, 5_000).Select(i => $"f{i}")],
                Values = [.. Enumerable.Range(0, 5_000).Select(i => i % 7 == 0 ? null : $"{i}.5")],
                Row = [.. Enumerable.Range(0, 5_000).Select(i => i % 7 == 0 ? double.NaN : i + 0.5)],
                Contributions = [.. Enumerable.Range(0, 5_000).Select(i => 1.0 / i)],
                Warnings = [.. Enumerable.Range(0, 1_000).Select(i => new Warning($"f{i}", new string('w', 1_000)))],
            },
        };

        Assert.Equal(SameDecision.Text(many), SameDecision.Text(ThereAndBack(many)));
    }

    [Fact]
    public void A_record_that_is_cut_off_at_any_place_is_an_error_that_names_the_decision()
    {
        var line = DecisionLine.Of(SyntheticDecision.WithId("a1"), new DecisionContexts());
        for (var length = 0; length < line.Record.Length; length++)
        {
            var error = Assert.Throws<StoreException>(() => With(line, line.Record[..length]).ToStored());
            Assert.Contains("Decision a1 cannot be read: its record", error.Message);
            Assert.True(error.IsDamage);
        }

        Assert.Contains(
            "longer than it says", Assert.Throws<StoreException>(() => With(line, [.. line.Record, 0]).ToStored()).Message);
    }

    [Fact]
    public void Whatever_byte_is_changed_the_decision_is_read_or_refused_and_nothing_else_happens()
    {
        var line = DecisionLine.Of(SyntheticDecision.WithId("a1"), new DecisionContexts());
        for (var at = 0; at < line.Record.Length; at++)
        {
            for (var bits = 1; bits < 256; bits++)
            {
                var changed = (byte[])line.Record.Clone();
                changed[at] ^= (byte)bits;
                Assert.True(Record.Exception(() => With(line, changed).ToStored()) is null or StoreException);
            }
        }
    }

    [Fact]
    public void A_record_or_context_of_a_newer_program_says_what_to_do()
    {
        var line = DecisionLine.Of(SyntheticDecision.WithId("a1"), new DecisionContexts());

        var record = Assert.Throws<StoreException>(() => With(line, [77, .. line.Record[1..]]).ToStored());
        var context = Assert.Throws<RecordFormatException>(() => DecisionContext.Read([77, .. line.Context.Content[1..]]));

        Assert.Contains("Decision a1 cannot be read: its record has form 77, and this program reads form 1", record.Message);
        Assert.Contains("its context has form 77", context.Message);
    }

    [Fact]
    public void Decisions_that_share_all_but_their_own_share_a_context_and_a_difference_in_anything_shared_makes_another()
    {
        var contexts = new DecisionContexts();
        var decision = SyntheticDecision.WithId("a1").Decision with { BaseValue = 0.5 };
        var context = contexts.Of(decision);
        Decision[] others =
        [
            decision with { Product = "other" },
            decision with { Thresholds = new Thresholds(0.1, 0.2) },
            decision with { PolicyVersion = "8" },
            decision with { PolicyHash = null },
            decision with { ProductHash = null },
            decision with { Model = decision.Model with { Version = "2" } },
            decision with { Features = ["dti", "int_rate", "other"] },
            decision with { BaseValue = Math.BitIncrement(0.5) },
            decision with { Scoring = null },
            decision with { Phrases = ["more"] },
        ];

        Assert.Same(context, contexts.Of(decision with { Probability = 0.3, Row = [1, 2, 3], Values = ["1", "2", "3"], Reasons = [] }));
        Assert.Equal(others.Length, others.Select(other => Convert.ToHexString(contexts.Of(other).Hash)).Distinct().Count());
        Assert.All(others, other => Assert.NotEqual(context.Hash, contexts.Of(other).Hash));
        Assert.Equal(context.Hash, DecisionContext.Read(context.Content).Hash);
    }

    private static StoredDecision ThereAndBack(StoredDecision stored) =>
        ReadBack(DecisionLine.Of(stored, new DecisionContexts())).ToStored();

    // With a context that knows nothing but its bytes.
    private static DecisionLine ReadBack(DecisionLine line) => Copy(line, DecisionContext.Read(line.Context.Content), line.Record);

    private static DecisionLine With(DecisionLine line, byte[] record) => Copy(line, line.Context, record);

    private static DecisionLine Copy(DecisionLine line, DecisionContext context, byte[] record) => new()
    {
        Id = line.Id,
        DecidedAt = line.DecidedAt,
        Context = context,
        Origin = line.Origin,
        Outcome = line.Outcome,
        OverriddenBy = line.OverriddenBy,
        Probability = line.Probability,
        RawScore = line.RawScore,
        ChangedFrom = line.ChangedFrom,
        Record = record,
    };
}
