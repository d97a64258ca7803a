using LoanRisk.Reports.Charts;

namespace LoanRisk.Reports.Pdf;

/// <summary>The light colours of <c>colours.css</c>, on paper.</summary>
public static class PdfTones
{
    public static PdfColour Ink { get; } = new(24, 32, 42);

    public static PdfColour Muted { get; } = new(82, 94, 109);

    public static PdfColour Line { get; } = new(220, 224, 230);

    public static PdfColour Strong { get; } = new(132, 143, 157);

    public static PdfColour Accent { get; } = new(38, 64, 139);

    public static PdfColour Of(Tone tone) => tone switch
    {
        Tone.Main => Accent,
        Tone.Previous => new(122, 132, 146),
        Tone.Baseline => new(122, 62, 0),
        Tone.Good => new(0, 97, 111),
        Tone.Bad => new(160, 27, 62),
        _ => Strong,
    };

    /// <summary>What the colour looks like as a thin veil over white.</summary>
    public static PdfColour Veil(Tone tone)
    {
        var colour = Of(tone);
        return new(Pale(colour.Red), Pale(colour.Green), Pale(colour.Blue));

        static byte Pale(byte part) => (byte)(255 - ((255 - part) * 0.16));
    }

    public static (double On, double Off)? Dashes(Tone tone) => tone switch
    {
        Tone.Baseline => (4, 2),
        Tone.Chance => (1.5, 2),
        Tone.Good => (5, 1.5),
        _ => null,
    };
}
