using LoanRisk.Store.Database;

namespace LoanRisk.Store.Jobs;

/// <summary>A line of the table <c>jobs</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class JobRow
{
    public string Id { get; set; } = "";

    public string Product { get; set; } = "";

    public string Kind { get; set; } = "";

    public string Arguments { get; set; } = "";

    public string State { get; set; } = "";

    public double Progress { get; set; }

    public string Message { get; set; } = "";

    public string? Result { get; set; }

    public string RequestedAt { get; set; } = "";

    public string RequestedBy { get; set; } = "";

    public string? StartedAt { get; set; }

    public string? EndedAt { get; set; }

    public string? Worker { get; set; }

    public Job ToJob() => new(
        Id,
        Product,
        Kind,
        Arguments,
        SqlText.Enum<JobState>(State),
        Progress,
        Message,
        Result,
        SqlText.Moment(RequestedAt),
        RequestedBy,
        MomentOrNull(StartedAt),
        MomentOrNull(EndedAt))
    {
        Worker = Worker,
    };

    private static DateTimeOffset? MomentOrNull(string? text) => text is null ? null : SqlText.Moment(text);
}
