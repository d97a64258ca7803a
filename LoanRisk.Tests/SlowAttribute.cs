using Xunit.v3;

namespace LoanRisk.Tests;

/// <summary>
/// A class whose tests take more than about a second together: left out by the quick run that CONTRIBUTING.md names.
/// </summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SlowAttribute : Attribute, ITraitAttribute
{
    /// <summary>The trait's name.</summary>
    public const string Name = "Speed";

    /// <summary>Its value.</summary>
    public const string Value = "slow";

    /// <inheritdoc/>
    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [KeyValuePair.Create(Name, Value)];
}
