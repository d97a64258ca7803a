using LoanRisk.Store.Database;

namespace LoanRisk.Store.Models;

/// <summary>A line of the table <c>policies</c>; the properties carry the columns' names for Dapper.</summary>
internal sealed class PolicyRow
{
    public string Product { get; set; } = "";

    public string Hash { get; set; } = "";

    public string Version { get; set; } = "";

    public string Content { get; set; } = "";

    public string RecordedAt { get; set; } = "";

    public RecordedPolicy ToPolicy() => new(Product, Hash, Version, Content, SqlText.Moment(RecordedAt));
}
