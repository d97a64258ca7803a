using System.Diagnostics;

namespace LoanRisk.Web.Problems;

/// <summary>What names a request in the log and in its answer.</summary>
internal static class TraceId
{
    /// <summary>The name of a request.</summary>
    public static string Of(HttpContext context) => Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier;
}
