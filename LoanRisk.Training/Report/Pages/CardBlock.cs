using LoanRisk.Training.Report.Charts;

namespace LoanRisk.Training.Report.Pages;

/// <summary>A part of a model card: the little of Markdown that cards are written in.</summary>
public abstract record CardBlock
{
    /// <summary>A heading.</summary>
    public sealed record Heading(int Level, string Text) : CardBlock;

    /// <summary>A paragraph.</summary>
    public sealed record Paragraph(string Text) : CardBlock;

    /// <summary>A list.</summary>
    public sealed record Items(IReadOnlyList<string> Texts) : CardBlock;

    /// <summary>A table.</summary>
    /// <param name="Table">Its cells.</param>
    /// <param name="WordColumns">Columns that are not of numbers.</param>
    public sealed record Grid(ChartTable Table, int[] WordColumns) : CardBlock;

    /// <summary>Reads a card; what is not known is a paragraph.</summary>
    public static IReadOnlyList<CardBlock> Read(string markdown) =>
        [.. markdown.ReplaceLineEndings("\n").Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Block)];

    private static CardBlock Block(string text)
    {
        var lines = text.Split('\n');
        return text[0] switch
        {
            '#' => new Heading(text.TakeWhile(c => c == '#').Count(), Plain(text.TrimStart('#'))),
            '|' when lines.Length > 2 => Rows(lines),
            '-' => new Items([.. lines.Select(l => Plain(l.TrimStart('-')))]),
            _ => new Paragraph(Plain(text)),
        };
    }

    private static Grid Rows(string[] lines)
    {
        var kinds = Cells(lines[1]);
        return new Grid(
            new ChartTable(Cells(lines[0]), [.. lines.Skip(2).Select(l => (IReadOnlyList<string>)Cells(l))]),
            [.. Enumerable.Range(0, kinds.Length).Where(i => !kinds[i].EndsWith(':'))]);
    }

    private static string[] Cells(string line) => [.. line.Trim().Trim('|').Split('|').Select(Plain)];

    private static string Plain(string text) => text.Replace("`", "", StringComparison.Ordinal).Trim();
}
