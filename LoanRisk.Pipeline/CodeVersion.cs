using System.Reflection;

namespace LoanRisk.Pipeline;

/// <summary>The version of this program.</summary>
public static class CodeVersion
{
    /// <summary>
    /// For example <c>0.1.0</c>; without the commit, so that a model does not change with every commit of the documentation.
    /// </summary>
    public static string Current { get; } =
        typeof(CodeVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
