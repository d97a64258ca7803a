namespace LoanRisk.Web.Problems;

/// <summary>Which requests come from programs, so that whatever goes wrong is answered in JSON.</summary>
internal static class ApiAddress
{
    private static readonly string[] First = ["api", "health", "openapi"];

    /// <summary>
    /// True below <c>/api</c>, <c>/health</c> and <c>/openapi</c>, also where an address is put together wrongly (<c>//api</c>), and for a
    /// path that is nothing but blanks and slashes: no person types those.
    /// </summary>
    public static bool Covers(HttpRequest request) =>
        request.Path.Value is not "/"
            && (FirstWord(request.Path.Value ?? "") is not { } word || First.Contains(word, StringComparer.OrdinalIgnoreCase));

    private static string? FirstWord(string path) =>
        path.Split('/', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();
}
