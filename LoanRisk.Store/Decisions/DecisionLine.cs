using LoanRisk.Lending.Decisions;
using LoanRisk.Store.Decisions.Records;

namespace LoanRisk.Store.Decisions;

/// <summary>
/// A decision as a line of a database holds it: the columns that are searched, sorted and listed, and a record of the rest, which is read
/// with its context. The same for every database.
/// </summary>
internal sealed class DecisionLine
{
    private const long ByRule = 1;

    private const long ByUnseen = 2;

    private static readonly Origin[] Origins = [Decisions.Origin.Form, Decisions.Origin.Api, Decisions.Origin.Batch];

    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>When, in units of 100 ns since 1970, UTC: every moment that .NET knows.</summary>
    public required long DecidedAt { get; init; }

    /// <summary>What the decision has in common with others.</summary>
    public required DecisionContext Context { get; init; }

    /// <summary>Id of the product.</summary>
    public string Product => Context.Shared.Product;

    /// <summary>0 form, 1 API, 2 batch.</summary>
    public required long Origin { get; init; }

    /// <summary>0 approve, 1 refer, 2 decline.</summary>
    public required long Outcome { get; init; }

    /// <summary>What decided beside the probability: 1 a knock-out rule, 2 a value that training has not seen, 3 both; 0 nothing.</summary>
    public required long OverriddenBy { get; init; }

    /// <summary>Calibrated probability of a bad loan.</summary>
    public required double Probability { get; init; }

    /// <summary>The trees' raw score.</summary>
    public required double RawScore { get; init; }

    /// <summary>Id of the earlier decision whose values were changed, or null.</summary>
    public string? ChangedFrom { get; init; }

    /// <summary>The number that the caller has for the application, or null.</summary>
    public string? Reference { get; init; }

    /// <summary>What <see cref="DecisionRecord.Write"/> made of the rest; empty where it was not asked for.</summary>
    public required byte[] Record { get; init; }

    /// <summary>Lays a decision out.</summary>
    /// <param name="stored">The decision.</param>
    /// <param name="contexts">Contexts made so far.</param>
    public static DecisionLine Of(StoredDecision stored, DecisionContexts contexts)
    {
        var decision = stored.Decision;
        var context = contexts.Of(decision);
        return new DecisionLine
        {
            Id = stored.Id,
            DecidedAt = TicksOf(stored.DecidedAt),
            Context = context,
            Origin = RecordCodes.CodeOf(Origins, stored.Origin),
            Outcome = RecordCodes.Of(decision.Outcome),
            OverriddenBy = (decision.KnockOuts.Count > 0 ? ByRule : 0) | (decision.ReferredFor.Count > 0 ? ByUnseen : 0),
            Probability = decision.Probability,
            RawScore = decision.RawScore,
            ChangedFrom = stored.ChangedFrom,
            Reference = stored.Reference,
            Record = new DecisionRecord(decision, stored.Input, stored.DataVersion).Write(context),
        };
    }

    /// <summary>A moment as <see cref="DecidedAt"/> has it.</summary>
    public static long TicksOf(DateTimeOffset moment) => moment.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks;

    /// <summary>The moment that <see cref="DecidedAt"/> means.</summary>
    public static DateTimeOffset MomentOf(long ticks) => DateTimeOffset.UnixEpoch.AddTicks(ticks);

    /// <summary>The whole decision.</summary>
    /// <exception cref="StoreException">The line cannot be read.</exception>
    public StoredDecision ToStored() => Read(() =>
    {
        var answer = new RecordedAnswer(Probability, RecordCodes.OutcomeOf(Outcome), RawScore);
        var record = DecisionRecord.Read(Record, Context, answer);
        return new StoredDecision(
            Id, MomentOf(DecidedAt), OriginOf(Origin), record.Input, record.Decision, record.DataVersion, ChangedFrom, Reference);
    });

    /// <summary>What the list of decisions shows; the record is not needed.</summary>
    /// <exception cref="StoreException">The line cannot be read.</exception>
    public DecisionSummary ToSummary() => Read(() =>
        new DecisionSummary(
            Id,
            MomentOf(DecidedAt),
            Product,
            RecordCodes.OutcomeOf(Outcome),
            Probability,
            OriginOf(Origin),
            Context.Shared.Model.Id)
        {
            Thresholds = Context.Shared.Thresholds,
            IsByRule = (OverriddenBy & ByRule) != 0,
            IsForUnseen = (OverriddenBy & ByUnseen) != 0,
            Reference = Reference,
        });

    /// <summary>The values of the application, in the order of the context's features.</summary>
    /// <exception cref="StoreException">The line cannot be read.</exception>
    public IReadOnlyList<string?> ReadValues() => Read(() => DecisionRecord.ReadValues(Record, Context));

    private T Read<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is RecordFormatException or ArgumentOutOfRangeException)
        {
            throw new StoreException($"Decision {Id} cannot be read: {e.Message}.", e) { IsDamage = true };
        }
    }

    private static Origin OriginOf(long code) => RecordCodes.At(Origins, code, "origin");
}
