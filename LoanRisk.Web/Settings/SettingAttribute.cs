namespace LoanRisk.Web.Settings;

/// <summary>
/// Marks a property of a feature's options as a setting of the program; docs/operator.md lists them all, and a test holds the list.
/// </summary>
/// <param name="name">The name in the configuration; an environment variable has two underscores for each colon.</param>
/// <param name="allowed">The end of the sentence that refuses a value, such as <c>allowed are true and false</c>.</param>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingAttribute(string name, string allowed) : Attribute
{
    public string Name { get; } = name;

    public string Allowed { get; } = allowed;

    /// <summary>A further name, for an environment variable without colons; null for none. The first name goes first.</summary>
    public string? Variable { get; init; }
}
