using System.Text.Json.Nodes;

namespace LoanRisk.Tests.Web.Api;

/// <summary>Applications of which a change makes something better.</summary>
internal static class ApplicationsToChange
{
    /// <summary>Declined by a rule that the income breaks, and by nothing else.</summary>
    public static JsonObject Declined => ApiCalls.Applicant(("annual_inc", 4_000));
}
