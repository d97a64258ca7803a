namespace LoanRisk.Reports.Pdf;

/// <summary>A rectangle on a page, in points from the page's upper left corner.</summary>
/// <param name="Left">Left edge.</param>
/// <param name="Top">Upper edge.</param>
/// <param name="Width">Width.</param>
/// <param name="Height">Height.</param>
internal readonly record struct PdfBox(double Left, double Top, double Width, double Height);
