using LoanRisk.Web.Problems;
using Microsoft.Extensions.Options;

namespace LoanRisk.Web.Api;

/// <summary>
/// Whether the API may start work and change data. There are no users and keys yet, so nobody may until the operator, who knows who reaches
/// the site, says so.
/// </summary>
public sealed class ApiWriteAccess(IOptions<ApiOptions> options)
{
    private const string Sentence =
        "The API does not start work or change data here, for this site knows no users yet. Where only trusted programs reach the "
            + $"site, its operator sets {ApiOptions.OperationsSetting} to true.";

    /// <summary>The refusal; null when such requests are allowed.</summary>
    internal ApiProblem? Refusal { get; } = options.Value.Operations ? null : new ApiProblem(StatusCodes.Status403Forbidden, Sentence);
}
