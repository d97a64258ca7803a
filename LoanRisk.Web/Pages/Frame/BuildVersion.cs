using System.Reflection;

namespace LoanRisk.Web.Pages.Frame;

/// <summary>Which build is running.</summary>
public static class BuildVersion
{
    /// <summary>Version and, where the build knows it, the start of the commit: <c>0.1.0 (6dcc2b2)</c>.</summary>
    public static string Text { get; } = Shorten(
        typeof(BuildVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    internal static string Shorten(string version)
    {
        var plus = version.IndexOf('+', StringComparison.Ordinal);
        return plus < 0 ? version : $"{version[..plus]} ({version[(plus + 1)..Math.Min(version.Length, plus + 8)]})";
    }
}
