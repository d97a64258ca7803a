namespace LoanRisk.Store.Decisions;

/// <summary>What one save writes, all or none.</summary>
internal sealed record SavedContent
{
    /// <summary>Decisions.</summary>
    public IReadOnlyList<DecisionLine> Rows { get; init; } = [];

    /// <summary>What became of loans.</summary>
    public IReadOnlyList<ReportedOutcome> Outcomes { get; init; } = [];

    /// <summary>
    /// The answer that tells of them; null when the request had no key. Where the request has one already, nothing is written.
    /// </summary>
    public GivenAnswer? Answer { get; init; }

    /// <summary>Answers that were given before are taken away; null leaves all.</summary>
    public DateTimeOffset? ForgetBefore { get; init; }

    /// <summary>How many lines it is.</summary>
    public int Lines => Rows.Count + Outcomes.Count + (Answer is null ? 0 : 1);
}
