namespace LoanRisk.Store.People;

/// <summary>What a key of a program may be for.</summary>
public static class Scopes
{
    /// <summary>Ask for decisions, one at a time.</summary>
    public const string Score = "score";

    /// <summary>Ask for many decisions at once.</summary>
    public const string Batch = "batch";

    /// <summary>Report what became of loans.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>Send rows to learn from.</summary>
    public const string Data = "data";

    /// <summary>Have models trained, and read how good they are.</summary>
    public const string Models = "models";

    /// <summary>Look after the site.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Score, Batch, Outcomes, Data, Models, Admin];
}
