using System.Diagnostics.CodeAnalysis;

namespace LoanRisk.Web.Jobs;

/// <summary>Who does the site's jobs.</summary>
internal enum JobWorkers
{
    /// <summary>A process that the site starts when one waits.</summary>
    Child,

    /// <summary>Nobody whom the site starts: <c>loanrisk worker</c>, here or elsewhere.</summary>
    None,
}

/// <summary>The name of who does jobs: <c>child</c> or <c>none</c>.</summary>
internal sealed record WorkersName(JobWorkers Workers) : IParsable<WorkersName>
{
    public static WorkersName Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' does no jobs.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out WorkersName result)
    {
        result = Enum.GetValues<JobWorkers>()
            .Where(workers => workers.ToString().Equals(s, StringComparison.OrdinalIgnoreCase))
            .Select(workers => new WorkersName(workers))
            .FirstOrDefault();
        return result is not null;
    }
}
