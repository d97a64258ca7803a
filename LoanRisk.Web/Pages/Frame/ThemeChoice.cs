namespace LoanRisk.Web.Pages.Frame;

/// <summary>Light or dark by the reader's choice, kept in a cookie; without one the system's preference holds.</summary>
public static class ThemeChoice
{
    /// <summary>The cookie that keeps the choice.</summary>
    public const string Cookie = "theme";

    /// <summary>The choices, in the order they are offered.</summary>
    public static IReadOnlyList<string> All { get; } = ["system", "light", "dark"];

    /// <summary>The reader's choice; a cookie that holds anything else counts as none.</summary>
    public static string Of(HttpRequest request) =>
        request.Cookies[Cookie] is { } choice && All.Contains(choice) ? choice : All[0];
}
