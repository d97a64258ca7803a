namespace LoanRisk.Reports.Cards;

/// <summary>
/// Reads the Markdown that model cards are written in: headings, paragraphs, lists with dashes, and tables. Whatever else stands in a card
/// stays the text it is, and nothing of it is ever markup.
/// </summary>
public static class CardReader
{
    private const int DeepestHeading = 6;

    /// <summary>The blocks of a card, in order.</summary>
    public static IReadOnlyList<CardBlock> Read(string text) =>
        [.. text.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(block => block.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Where(lines => lines.Length > 0)
            .SelectMany(Blocks)];

    /// <summary>A line of a card where code cannot be set apart: without the marks around it.</summary>
    public static string Plain(string words) => words.Replace("`", "", StringComparison.Ordinal);

    // A heading may be followed by its text without an empty line.
    private static IEnumerable<CardBlock> Blocks(string[] lines)
    {
        var headings = lines.TakeWhile(line => LevelOf(line) > 0).ToList();
        foreach (var heading in headings)
        {
            yield return new CardHeading(LevelOf(heading), heading[LevelOf(heading)..].Trim());
        }

        if (lines.Length > headings.Count)
        {
            yield return Block([.. lines.Skip(headings.Count)]);
        }
    }

    private static CardBlock Block(string[] lines) =>
        lines.Length > 1 && lines[0].StartsWith('|') && lines[1].StartsWith("|-", StringComparison.Ordinal) ? Table(lines)
        : Array.TrueForAll(lines, line => line.StartsWith("- ", StringComparison.Ordinal))
            ? new CardList([.. lines.Select(line => line[2..])])
        : new CardParagraph(string.Join(' ', lines));

    private static int LevelOf(string line)
    {
        var level = line.TakeWhile(letter => letter == '#').Count();
        return level <= DeepestHeading && line.Length > level && line[level] == ' ' ? level : 0;
    }

    private static CardTable Table(string[] lines)
    {
        var header = Cells(lines[0]);
        return new CardTable(
            header.All(cell => cell.Length == 0) ? [] : header,
            [.. Cells(lines[1]).Select(cell => cell.EndsWith(':'))],
            [.. lines.Skip(2).Select(Cells)]);
    }

    private static IReadOnlyList<string> Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
}
