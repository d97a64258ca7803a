using LoanRisk.Web.Hosting;

namespace LoanRisk.Web.Api;

/// <summary>
/// Whether the API may start work and change data. There are no users and keys yet, so nobody may until the operator, who knows who reaches the site, says so.
/// </summary>
public sealed class OperationsRule
{
    /// <summary>The setting; false unless it says otherwise.</summary>
    public const string Setting = "LoanRisk:Api:Operations";

    private const string Sentence =
        $"The API does not start work or change data here, for this site knows no users yet. Where only trusted programs reach the site, its operator sets {Setting} to true.";

    private readonly bool _allowed;

    /// <exception cref="StartException">The setting is neither true nor false.</exception>
    public OperationsRule(IConfiguration configuration) => _allowed = configuration[Setting] switch
    {
        null or "" => false,
        var text when bool.TryParse(text, out var value) => value,
        var text => throw new StartException($"The setting {Setting} is '{text}'; it is true, false or left out."),
    };

    /// <summary>The refusal; null when such requests are allowed.</summary>
    internal ApiProblem? Refusal => _allowed ? null : new ApiProblem(StatusCodes.Status403Forbidden, Sentence);
}
