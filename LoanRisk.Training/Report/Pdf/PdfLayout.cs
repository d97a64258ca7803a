using LoanRisk.Training.Report.Charts;

namespace LoanRisk.Training.Report.Pdf;

/// <summary>Sets text and tables from top to bottom, on a new page where the old one is full.</summary>
internal sealed class PdfLayout
{
    public const double Margin = 42;
    public const double Width = PdfPage.Width - (2 * Margin);
    private const double Bottom = PdfPage.Height - 48;
    private const double Size = 8.5;

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

    public void Heading(string text, double size = 13)
    {
        // A heading never stands alone at the foot of a page.
        if (Top + size + 60 > Bottom)
        {
            NextPage();
        }

        var top = Take(size + 12);
        Page.Write(text, Margin, top + size + 2, StandardFont.Bold, size, PdfTones.Ink);
        Page.Draw(Margin, top + size + 7, Margin + Width, top + size + 7, PdfTones.Strong, 0.5);
    }

    public void Subheading(string text)
    {
        const double SubheadingSize = 9.5, WithText = 40;
        if (Top + WithText > Bottom)
        {
            NextPage();
        }

        var top = Take(SubheadingSize + 7);
        Page.Write(text, Margin, top + SubheadingSize + 2, StandardFont.Bold, SubheadingSize, PdfTones.Ink);
    }

    public void Paragraph(string text, bool muted = false)
    {
        foreach (var line in StandardFont.Regular.Wrap(text, Size, Width))
        {
            var top = Take(Size + 3);
            Page.Write(line, Margin, top + Size, StandardFont.Regular, Size, muted ? PdfTones.Muted : PdfTones.Ink);
        }

        Take(4);
    }

    /// <summary>Sets a table as wide as the page: the first column gets what the others leave.</summary>
    public void Table(string? title, ChartTable table, params int[] wordColumns)
    {
        const double TableSize = 7.5, RowHeight = 11;
        var widths = Widths(table, TableSize);
        if (title is not null)
        {
            // The title stays with its first rows.
            if (Top + 15 + (3 * RowHeight) > Bottom)
            {
                NextPage();
            }

            var top = Take(15);
            Page.Write(title, Margin, top + 10, StandardFont.Bold, 9, PdfTones.Ink);
        }

        Row(table.Columns, StandardFont.Bold, PdfTones.Muted);
        foreach (var row in table.Rows)
        {
            Row(row, StandardFont.Regular, PdfTones.Ink);
        }

        Take(8);

        void Row(IReadOnlyList<string> cells, StandardFont font, PdfColour colour)
        {
            var (top, x) = (Take(RowHeight), Margin);
            foreach (var (place, cell) in cells.Index())
            {
                var text = font.Cut(cell, TableSize, widths[place] - 4);
                if (place == 0 || wordColumns.Contains(place))
                {
                    Page.Write(text, place == 0 ? x : x + 8, top + 8, font, TableSize, colour);
                }
                else
                {
                    Page.WriteRight(text, x + widths[place], top + 8, font, TableSize, colour);
                }

                x += widths[place];
            }

            Page.Draw(Margin, top + RowHeight, Margin + Width, top + RowHeight, PdfTones.Line, 0.4);
        }
    }

    private void NextPage()
    {
        Page = _document.AddPage();
        Top = Margin;
    }

    private static double[] Widths(ChartTable table, double size)
    {
        var widths = Enumerable.Range(0, table.Columns.Count)
            .Select(c => table.Rows.Select(r => StandardFont.Regular.Width(r[c], size)).Append(StandardFont.Bold.Width(table.Columns[c], size)).Max() + 14).ToArray();
        var spare = Width - widths.Sum();
        // Too wide: every column gives its part; otherwise the first takes the rest, and words beside it a little.
        return spare < 0 ? Array.ConvertAll(widths, w => w * Width / widths.Sum()) : [widths[0] + spare, .. widths[1..]];
    }
}
