using System.Globalization;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Pipeline.Csv;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Models;

/// <summary>The points of a scorecard as lines of a CSV file: one for the base points, then one an attribute.</summary>
internal static class PointsTable
{
    private static readonly string[] Columns =
    [
        "feature", "label", "attribute", "points", "exact_points", "weight_of_evidence", "rows", "share", "bad_rate",
    ];

    public static string Of(ScorecardTable card, Cells cells)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        CsvText.WriteRow(text, Columns, ',', cells);
        CsvText.WriteRow(
            text,
            [
                "",
                "Base points",
                "everybody",
                Number(Math.Round(card.BasePoints, MidpointRounding.AwayFromZero)),
                Number(card.BasePoints),
                "", "", "", ""
            ],
            ',',
            cells);
        foreach (var feature in card.Features)
        {
            foreach (var attribute in feature.Attributes)
            {
                CsvText.WriteRow(text, Line(feature, attribute), ',', cells);
            }
        }

        return text.ToString();
    }

    private static string[] Line(ScorecardTableFeature feature, ScorecardAttribute attribute) =>
    [
        feature.Name, feature.Label, attribute.Text, Number(attribute.WholePoints), Number(attribute.Points), Number(attribute.Woe),
        Number(attribute.Loans), Number(attribute.Share),
        attribute.BadRate is { } rate ? Number(rate) : "",
    ];

    private static string Number(double number) => number.ToString("R", CultureInfo.InvariantCulture);
}
