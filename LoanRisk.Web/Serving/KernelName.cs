using System.Diagnostics.CodeAnalysis;
using LoanRisk.Trees.Scoring;

namespace LoanRisk.Web.Serving;

/// <summary>The name of a scoring kernel that this machine can run.</summary>
internal sealed record KernelName(string Name) : IParsable<KernelName>
{
    public static KernelName Parse(string s, IFormatProvider? provider) =>
        TryParse(s, provider, out var name) ? name : throw new FormatException($"'{s}' is no kernel of this machine.");

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, [MaybeNullWhen(false)] out KernelName result)
    {
        result = ScoringKernel.All.Any(kernel => kernel.Name == s && kernel.IsSupported) ? new KernelName(s!) : null;
        return result is not null;
    }
}
