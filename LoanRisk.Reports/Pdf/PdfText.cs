namespace LoanRisk.Reports.Pdf;

/// <summary>How a text is set.</summary>
/// <param name="Typeface">The typeface.</param>
/// <param name="Size">Its size in points.</param>
/// <param name="Colour">Its colour.</param>
public readonly record struct PdfText(Typeface Typeface, double Size, PdfColour Colour);
