using LoanRisk.Tests.Repository;

namespace LoanRisk.Tests.Deploy;

/// <summary>The application of the README's example.</summary>
internal static class ReadmeApplication
{
    /// <summary>Its JSON.</summary>
    public static string Json { get; } = Body(Markdown.Curl("http://localhost"));

    private static string Body(string curl) => curl[(curl.IndexOf("-d '", StringComparison.Ordinal) + 4)..curl.LastIndexOf('\'')];
}
