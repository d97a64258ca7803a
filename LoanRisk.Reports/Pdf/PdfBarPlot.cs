using LoanRisk.Reports.Charts;

namespace LoanRisk.Reports.Pdf;

/// <summary>Draws bars on a page: the label on the left, the bar beside it. Bars that go to both sides are not for paper.</summary>
internal static class PdfBarPlot
{
    private const double Size = 7;
    private const double RowHeight = 12;

    // Above and below the bars.
    private const double Around = 34;

    /// <summary>Draws as many bars as the rectangle has room for.</summary>
    public static void Draw(PdfPage page, BarPlot plot, PdfBox box)
    {
        var (left, top, width, height) = box;
        page.Write(Typeface.Bold.Cut(plot.Title, 9, width), left, top + 9, new(Typeface.Bold, 9, PdfTones.Ink));
        page.Write(Typeface.Regular.Cut(plot.Measure, Size, width), left, top + 22, new(Typeface.Regular, Size, PdfTones.Muted));
        var bars = plot.Bars.Take((int)Math.Round((height - Around) / RowHeight)).ToArray();
        var labels = Math.Min(width * 0.45, bars.Max(b => Typeface.Regular.Width(b.Label, Size)) + 6);
        var scale = (width - labels - bars.Max(b => Typeface.Regular.Width(b.Text, Size)) - 8) / plot.Farthest;
        foreach (var (place, bar) in bars.Index())
        {
            var y = top + 28 + (place * RowHeight);
            page.Write(Typeface.Regular.Cut(bar.Label, Size, labels - 4), left, y + 8, new(Typeface.Regular, Size, PdfTones.Ink));
            page.Fill(left + labels, y + 2, Math.Max(0.5, bar.Value * scale), 7, PdfTones.Of(bar.Tone));
            var end = left + labels + (Math.Max(bar.Value, bar.High ?? 0) * scale);
            if (bar is { Low: { } low, High: { } high })
            {
                page.Draw([(left + labels + (low * scale), y + 5.5), (left + labels + (high * scale), y + 5.5)], PdfTones.Ink, 0.8);
            }

            page.Write(bar.Text, end + 4, y + 8, new(Typeface.Regular, Size, PdfTones.Muted));
        }

        page.Draw([(left + labels, top + 28), (left + labels, top + 28 + (bars.Length * RowHeight))], PdfTones.Strong, 0.6);
    }

    /// <summary>Height of so many bars.</summary>
    public static double Height(BarPlot plot, int most) => Around + (Math.Min(most, plot.Bars.Count) * RowHeight);
}
