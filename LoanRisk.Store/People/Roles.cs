namespace LoanRisk.Store.People;

/// <summary>What people may be; one person may be several.</summary>
public static class Roles
{
    /// <summary>Decides about applications.</summary>
    public const string Officer = "officer";

    /// <summary>Decides, and gives second opinions.</summary>
    public const string SeniorOfficer = "senior officer";

    /// <summary>Makes and compares models.</summary>
    public const string Analyst = "analyst";

    /// <summary>Answers for what serves: promotes models and takes them back.</summary>
    public const string Manager = "manager";

    /// <summary>Reads everything and changes nothing.</summary>
    public const string Auditor = "auditor";

    /// <summary>Looks after people and keys.</summary>
    public const string Admin = "admin";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [Officer, SeniorOfficer, Analyst, Manager, Auditor, Admin];
}
