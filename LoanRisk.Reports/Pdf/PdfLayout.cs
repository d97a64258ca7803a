using LoanRisk.Reports.Charts;

namespace LoanRisk.Reports.Pdf;

/// <summary>Sets text and tables from top to bottom, on a new page where the old one is full.</summary>
internal sealed class PdfLayout
{
    public const double Margin = 42;
    public const double Width = PdfPage.Width - (2 * Margin);
    private const double Bottom = PdfPage.Height - 48;
    private const double Size = 8.5;

    /// <summary>Between the columns of a table.</summary>
    private const double Gap = 8;

    private readonly PdfDocument _document;

    public PdfLayout(PdfDocument document)
    {
        _document = document;
        Page = document.AddPage();
    }

    /// <summary>The page that is set.</summary>
    public PdfPage Page { get; private set; }

    /// <summary>Where the next thing begins.</summary>
    public double Top { get; private set; } = Margin;

    /// <summary>Makes room for something; goes to the next page if this one has none.</summary>
    public double Take(double height)
    {
        if (Top + height > Bottom)
        {
            NextPage();
        }

        Top += height;
        return Top - height;
    }

    /// <summary>The title of the document, on as many lines as it takes.</summary>
    public void Title(string text)
    {
        const double TitleSize = 19;
        foreach (var line in Typeface.Bold.Wrap(text, TitleSize, Width))
        {
            var top = Take(TitleSize + 3);
            Page.Write(line, Margin, top + TitleSize - 1, new(Typeface.Bold, TitleSize, PdfTones.Ink));
        }

        Take(4);
    }

    public void Heading(string text, double size = 13)
    {
        // A heading never stands alone at the foot of a page.
        if (Top + size + 60 > Bottom)
        {
            NextPage();
        }

        var top = Take(size + 12);
        Page.Write(text, Margin, top + size + 2, new(Typeface.Bold, size, PdfTones.Ink));
        Page.Draw([(Margin, top + size + 7), (Margin + Width, top + size + 7)], PdfTones.Strong, 0.5);
    }

    public void Subheading(string text)
    {
        const double SubheadingSize = 9.5, WithText = 40;
        if (Top + WithText > Bottom)
        {
            NextPage();
        }

        var top = Take(SubheadingSize + 7);
        Page.Write(text, Margin, top + SubheadingSize + 2, new(Typeface.Bold, SubheadingSize, PdfTones.Ink));
    }

    public void Paragraph(string text, bool muted = false)
    {
        foreach (var line in Typeface.Regular.Wrap(text, Size, Width))
        {
            var top = Take(Size + 3);
            Page.Write(line, Margin, top + Size, new(Typeface.Regular, Size, muted ? PdfTones.Muted : PdfTones.Ink));
        }

        Take(4);
    }

    /// <summary>Sets a table as wide as the page: the first column gets what the others leave.</summary>
    public void Table(string? title, ChartTable table, params int[] wordColumns)
    {
        const double TableSize = 7.5, RowHeight = 11, LineHeight = 9;
        var widths = Widths(table, TableSize);
        if (title is not null)
        {
            // The title stays with its first rows.
            if (Top + 15 + (3 * RowHeight) > Bottom)
            {
                NextPage();
            }

            var top = Take(15);
            Page.Write(title, Margin, top + 10, new(Typeface.Bold, 9, PdfTones.Ink));
        }

        Row(table.Columns, Typeface.Bold, PdfTones.Muted);
        foreach (var row in table.Rows)
        {
            Row(row, Typeface.Regular, PdfTones.Ink);
        }

        Take(8);

        void Row(IReadOnlyList<string> cells, Typeface font, PdfColour colour)
        {
            string[][] lines =
            [
                .. cells.Select(
                    (cell, place) => font.Wrap(cell, TableSize, widths[place] - Gap)
                        .Select(line => font.Cut(line, TableSize, widths[place] - Gap))
                        .ToArray())
            ];
            var height = RowHeight + (LineHeight * (Math.Max(1, lines.Max(l => l.Length)) - 1));
            var (top, x) = (Take(height), Margin);
            foreach (var (place, cell) in lines.Index())
            {
                foreach (var (line, text) in cell.Index())
                {
                    var y = top + 8 + (line * LineHeight);
                    if (place == 0 || wordColumns.Contains(place))
                    {
                        Page.Write(text, place == 0 ? x : x + Gap, y, new(font, TableSize, colour));
                    }
                    else
                    {
                        Page.WriteRight(text, x + widths[place], y, new(font, TableSize, colour));
                    }
                }

                x += widths[place];
            }

            Page.Draw([(Margin, top + height), (Margin + Width, top + height)], PdfTones.Line, 0.4);
        }
    }

    private void NextPage()
    {
        Page = _document.AddPage();
        Top = Margin;
    }

    private static double[] Widths(ChartTable table, double size)
    {
        var natural = Widest(table, size, cell => [cell]);
        var spare = Width - natural.Sum();
        if (spare >= 0)
        {
            return [natural[0] + spare, .. natural[1..]];
        }

        // Too wide: every column keeps its longest word, and what is left is shared by what each would need beyond that.
        var least = Widest(table, size, cell => cell.Split(' '));
        if (least.Sum() > Width)
        {
            return Array.ConvertAll(least, l => l * Width / least.Sum()); // words as long as that are cut
        }

        var share = (Width - least.Sum()) / (natural.Sum() - least.Sum());
        return [.. least.Zip(natural, (l, n) => l + ((n - l) * share))];
    }

    private static double[] Widest(ChartTable table, double size, Func<string, string[]> parts) =>
    [
        .. table.Columns.Select((column, place) => table.Rows
            .SelectMany(row => parts(row[place]))
            .Select(part => Typeface.Regular.Width(part, size))
            .Concat(parts(column).Select(part => Typeface.Bold.Width(part, size))).Max() + Gap + 6),
    ];
}
