using System.Globalization;

namespace LoanRisk.Reports.Charts;

/// <summary>The rectangle in which the marks of a chart are drawn, and the way of numbers into it.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
/// <param name="X">The axis to the right.</param>
/// <param name="Y">The axis upwards.</param>
public sealed record PlotArea(double Left, double Top, double Width, double Height, Axis X, Axis Y)
{
    /// <summary>Right edge.</summary>
    public double Right => Left + Width;

    /// <summary>Lower edge.</summary>
    public double Bottom => Top + Height;

    /// <summary>Place of a number on the axis to the right.</summary>
    public double AtX(double number) => Left + (Width * X.Share(number));

    /// <summary>Place of a number on the axis upwards, counted downwards.</summary>
    public double AtY(double number) => Bottom - (Height * Y.Share(number));

    /// <summary>A line as SVG's <c>points</c>.</summary>
    public string Points(IEnumerable<PlotPoint> points) => string.Join(' ', points.Select(p => $"{Text(AtX(p.X))},{Text(AtY(p.Y))}"));

    /// <summary>An area as SVG's <c>points</c>: along the upper ends and back along the lower.</summary>
    public string Points(PlotBand band) => string.Join(
        ' ',
        band.Points.Select(p => $"{Text(AtX(p.X))},{Text(AtY(p.High))}").Concat(
            band.Points.Reverse().Select(p => $"{Text(AtX(p.X))},{Text(AtY(p.Low))}")));

    /// <summary>A coordinate.</summary>
    public static string Text(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);
}
