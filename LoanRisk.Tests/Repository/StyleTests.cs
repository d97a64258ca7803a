using System.Globalization;
using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Pdf;
using LoanRisk.Tests.Reports;

namespace LoanRisk.Tests.Repository;

/// <summary>Site, report and PDF have one set of colours.</summary>
public sealed class StyleTests
{
    private static readonly string Colours = Read("wwwroot-assets", "wwwroot", "css", "colours.css");

    private static readonly string[] Users =
    [
        Read("wwwroot-assets", "wwwroot", "css", "site.css"),
        Read("wwwroot-assets", "wwwroot", "css", "charts.css"),
        Read("LoanRisk.Reports", "Pages", "report.css"),
    ];

    [Fact]
    public void Colours_for_light_and_dark_are_declared_in_one_file() =>
        Assert.All(Users, sheet => Assert.DoesNotContain("light-dark(", sheet, StringComparison.Ordinal));

    [Fact]
    public void What_a_report_paints_with_is_declared_in_what_it_carries()
    {
        var used = Users[1..].SelectMany(sheet => Pattern.All(sheet, @"var\((--[\w-]+)\)")).Select(m => m.Groups[1].Value).Distinct();

        Assert.Empty(used.Except(Declared(Colours)).Except(Declared(Users[1])));
    }

    [Theory]
    [InlineData(Tone.Main, "accent")]
    [InlineData(Tone.Previous, "chart-previous")]
    [InlineData(Tone.Baseline, "chart-baseline")]
    [InlineData(Tone.Chance, "line-strong")]
    [InlineData(Tone.Good, "approve")]
    [InlineData(Tone.Bad, "decline")]
    public void On_paper_a_tone_has_the_light_colour_of_the_screen(Tone tone, string name) => Assert.Equal(Light(name), PdfTones.Of(tone));

    [Fact]
    public void On_paper_text_has_the_light_colours_of_the_screen() =>
        Assert.Equal((Light("ink"), Light("muted"), Light("line")), (PdfTones.Ink, PdfTones.Muted, PdfTones.Line));

    private static PdfColour Light(string name)
    {
        var hex = Pattern.First(Colours, $@"--{name}: light-dark\(#([0-9a-f]{{6}}),").Groups[1].Value;
        byte Part(int place) => byte.Parse(hex.AsSpan(place, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new PdfColour(Part(0), Part(2), Part(4));
    }

    private static IEnumerable<string> Declared(string sheet) => Pattern.All(sheet, @"(--[\w-]+)\s*:").Select(m => m.Groups[1].Value);

    private static string Read(params string[] path) => File.ReadAllText(Path.Combine([SharedFolder.Checkout, .. path]));
}
