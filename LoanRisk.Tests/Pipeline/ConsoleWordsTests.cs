using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Pipeline;

public sealed class ConsoleWordsTests
{
    // An option as a person types it, or a command of the console, within a string literal.
    private static readonly Regex ConsoleWord = new(
        @"""[^""\n]*(?:(?<![-\w])--[a-z]|\bloanrisk [a-z]|\btrees fit\b)", RegexOptions.None, TimeSpan.FromSeconds(1));

    [Theory]
    [InlineData("LoanRisk.Pipeline")]
    [InlineData("LoanRisk.Reports")]
    public void A_library_says_what_is_wrong_in_words_that_hold_for_every_caller(string project)
    {
        var found =
            from file in Directory.EnumerateFiles(Path.Combine(SharedFolder.Checkout, project), "*.cs", SearchOption.AllDirectories)
            where !file.Split(Path.DirectorySeparatorChar).Contains("obj")
            from line in File.ReadLines(file)
            where !line.TrimStart().StartsWith("//", StringComparison.Ordinal) && ConsoleWord.IsMatch(line)
            select $"{Path.GetFileName(file)}: {line.Trim()}";

        Assert.Empty(found);
    }
}
