using System.Reflection;

namespace LoanRisk.Store.Archives;

/// <summary>Versions of this program.</summary>
internal static class ProgramVersion
{
    /// <summary>That of the running one.</summary>
    public static string Own { get; } = typeof(ProgramVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
}
