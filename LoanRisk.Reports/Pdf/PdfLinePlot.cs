using LoanRisk.Reports.Charts;

namespace LoanRisk.Reports.Pdf;

/// <summary>Draws a chart of lines on a page.</summary>
internal sealed class PdfLinePlot
{
    private const double Size = 7;

    private readonly PdfPage _page;
    private readonly LinePlot _plot;
    private readonly PlotArea _area;
    private readonly double _left;
    private readonly double _top;

    private PdfLinePlot(PdfPage page, LinePlot plot, PdfBox box)
    {
        var (left, top, width, height) = box;
        (_page, _plot, _left, _top) = (page, plot, left, top);
        var labels = plot.Y.Ticks.Max(t => Typeface.Regular.Width(plot.Y.Text(t), Size)) + 6;
        _area = new PlotArea(left + labels, top + 30, width - labels - 8, height - 30 - 26, plot.X, plot.Y);
    }

    /// <summary>Draws it into a rectangle, its title above.</summary>
    public static void Draw(PdfPage page, LinePlot plot, PdfBox box)
    {
        var drawing = new PdfLinePlot(page, plot, box);
        drawing.DrawTitles(box.Width);
        drawing.DrawBands();
        drawing.DrawAxes();
        drawing.DrawLines();
        drawing.DrawNames();
    }

    private void DrawTitles(double width)
    {
        _page.Write(Typeface.Bold.Cut(_plot.Title, 9, width), _left, _top + 9, new(Typeface.Bold, 9, PdfTones.Ink));
        _page.Write(Typeface.Regular.Cut(_plot.Y.Label, Size, width), _left, _top + 22, new(Typeface.Regular, Size, PdfTones.Muted));
    }

    private void DrawAxes()
    {
        foreach (var tick in _plot.Y.Ticks)
        {
            _page.Draw([(_area.Left, _area.AtY(tick)), (_area.Right, _area.AtY(tick))], PdfTones.Line, 0.4);
            _page.WriteRight(_plot.Y.Text(tick), _area.Left - 3, _area.AtY(tick) + 2.4, new(Typeface.Regular, Size, PdfTones.Muted));
        }

        foreach (var tick in _plot.X.Ticks)
        {
            _page.Draw([(_area.AtX(tick), _area.Bottom), (_area.AtX(tick), _area.Bottom + 3)], PdfTones.Strong, 0.6);
            _page.WriteCentred(_plot.X.Text(tick), _area.AtX(tick), _area.Bottom + 10, new(Typeface.Regular, Size, PdfTones.Muted));
        }

        _page.Draw([(_area.Left, _area.Bottom), (_area.Right, _area.Bottom)], PdfTones.Strong, 0.6);
        _page.WriteCentred(_plot.X.Label, _area.Left + (_area.Width / 2), _area.Bottom + 21, new(Typeface.Regular, Size, PdfTones.Muted));
    }

    private void DrawBands()
    {
        foreach (var band in _plot.Bands)
        {
            _page.Fill(
                [.. band.Points.Select(p => At(p.X, p.High)), .. band.Points.Reverse().Select(p => At(p.X, p.Low))],
                PdfTones.Veil(band.Tone));
        }
    }

    private void DrawLines()
    {
        foreach (var line in _plot.Lines.Where(l => l.Points.Count > 1))
        {
            _page.Draw(
                [.. line.Points.Select(p => At(p.X, p.Y))],
                PdfTones.Of(line.Tone),
                line.Tone == Tone.Main ? 1.4 : 1,
                PdfTones.Dashes(line.Tone));
            foreach (var (x, y) in line.WithPoints ? line.Points.Select(p => At(p.X, p.Y)) : [])
            {
                _page.Fill(x - 1.6, y - 1.6, 3.2, 3.2, PdfTones.Of(line.Tone));
            }
        }

        foreach (var mark in _plot.Marks)
        {
            var (x, low, high) = (
                _area.AtX(mark.X), mark.Low is { } l ? _area.AtY(l) : _area.Bottom, mark.High is { } h ? _area.AtY(h) : _area.Top);
            _page.Draw([(x, low), (x, high)], PdfTones.Ink, 0.7, (2, 2));
            var width = Typeface.Bold.Width(mark.Label, Size);
            var inwards = x + width + 4 > _area.Right;
            var (left, baseline) = (
                inwards ? x - width - 3 : x + 3, mark.Low is null ? _area.Top + 7 : Math.Min(high + 12, (low + high) / 2));
            _page.Fill(left - 1, baseline - Size + 0.5, width + 2, Size + 1, new PdfColour(255, 255, 255)); // a line may run there
            _page.Write(mark.Label, left, baseline, new(Typeface.Bold, Size, PdfTones.Ink));
        }
    }

    private void DrawNames()
    {
        const double LineHeight = 10;
        var named = _plot.Lines.Reverse().Where(l => l.Name.Length > 0).ToArray();
        if (named.Length == 0)
        {
            return;
        }

        var width = named.Max(l => Typeface.Regular.Width(l.Name, Size)) + 22;
        var left = _plot.Names == Corner.TopLeft ? _area.Left + 4 : _area.Right - width - 2;
        var top = _plot.Names == Corner.BottomRight ? _area.Bottom - (named.Length * LineHeight) - 6 : _area.Top + 3;
        _page.Fill(left - 2, top - 1, width + 3, (named.Length * LineHeight) + 2, new PdfColour(255, 255, 255));
        foreach (var (place, line) in named.Index())
        {
            var middle = top + (place * LineHeight) + 5;
            _page.Draw(
                [(left, middle), (left + 16, middle)],
                PdfTones.Of(line.Tone),
                line.Tone == Tone.Main ? 1.4 : 1,
                PdfTones.Dashes(line.Tone));
            _page.Write(line.Name, left + 20, middle + 2.4, new(Typeface.Regular, Size, PdfTones.Ink));
        }
    }

    private (double X, double Y) At(double x, double y) => (_area.AtX(x), _area.AtY(y));
}
