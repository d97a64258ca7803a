namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>Lines that belong together in Markdown: a list, or a table with its head.</summary>
internal static class MarkdownLines
{
    public static string Of(params IEnumerable<string> lines) => string.Join('\n', lines);
}
