namespace LoanRisk.Web.Decisions;

/// <summary>The number that whoever asks has for an application: kept with the decision, and found by search.</summary>
internal static class CallerReference
{
    /// <summary>Characters it may have.</summary>
    public const int Longest = 100;

    /// <summary>What is wrong with one; null when nothing is, or when none is given.</summary>
    public static string? WhyNot(string? text) =>
        text is null || (text.Length is > 0 and <= Longest && text.Trim() == text && !text.Any(char.IsControl))
            ? null
            : $"A reference has 1 to {Longest} characters, no line breaks and no blanks around it: your own number of the application.";
}
