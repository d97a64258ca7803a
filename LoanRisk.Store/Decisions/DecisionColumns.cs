using LoanRisk.Store.Decisions.Records;

namespace LoanRisk.Store.Decisions;

/// <summary>What a query of the table <c>decisions</c> answers; the properties carry the columns' names for Dapper.</summary>
internal class DecisionColumns
{
    /// <summary>The columns of the list of decisions.</summary>
    public const string OfList =
        "d.id, d.decided_at, d.context, d.origin, d.outcome, d.overridden_by, d.probability, d.raw_score, d.changed_from, d.reference";

    /// <summary>All columns.</summary>
    public const string All = OfList + ", d.record";

    public long Seq { get; set; }

    public string Id { get; set; } = "";

    public long DecidedAt { get; set; }

    public long Context { get; set; }

    public long Origin { get; set; }

    public long Outcome { get; set; }

    public long OverriddenBy { get; set; }

    public double Probability { get; set; }

    public double RawScore { get; set; }

    public string? ChangedFrom { get; set; }

    public string? Reference { get; set; }

    public byte[] Record { get; set; } = [];

    public DecisionLine ToLine(DecisionContext context) => new()
    {
        Id = Id,
        DecidedAt = DecidedAt,
        Context = context,
        Origin = Origin,
        Outcome = Outcome,
        OverriddenBy = OverriddenBy,
        Probability = Probability,
        RawScore = RawScore,
        ChangedFrom = ChangedFrom,
        Reference = Reference,
        Record = Record,
    };
}
