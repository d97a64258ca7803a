using LoanRisk.Reports.Charts;
using LoanRisk.Reports.Format;

namespace LoanRisk.Web.Components.Charts;

/// <summary>A factor laid out as a row of the reason chart: the bar on one side of the middle, the words on the other.</summary>
/// <param name="Factor">What the row shows.</param>
/// <param name="Lines">The words, broken.</param>
/// <param name="Top">Upper edge in pixels.</param>
/// <param name="Share">Length of the bar against the longest, 0 to 1.</param>
public sealed record ReasonRow(Factor Factor, IReadOnlyList<string> Lines, int Top, double Share)
{
    /// <summary>Pixels from line to line.</summary>
    public const int LineHeight = 17;

    /// <summary>Characters that fit half the chart on the narrowest phone.</summary>
    private const int Characters = 22;

    /// <summary>The same in bold.</summary>
    private const int BoldCharacters = 20;

    /// <summary>The longest bar in percent of the chart's width; the rest of the half is for the number at its end.</summary>
    private const double LongestBar = 35;

    private const int Space = 14;
    private const int BarHeight = 22;

    /// <summary>True when the factor raises the risk.</summary>
    public bool Raises => Factor.Contribution > 0;

    /// <summary>Height in pixels, with the space to the next row.</summary>
    public int Height => (Lines.Count * LineHeight) + Space;

    /// <summary>Upper edge of the bar.</summary>
    public double BarTop => Top + ((Height - BarHeight) / 2.0);

    /// <summary>Where the bar ends, away from the middle.</summary>
    public string BarEnd => BandScale.Length(Raises ? 50 + Length : 50 - Length);

    /// <summary>Left edge of the bar.</summary>
    public string BarLeft => Raises ? "50%" : BarEnd;

    /// <summary>Length of the bar.</summary>
    public string BarLength => BandScale.Length(Length);

    /// <summary>The contribution with its sign.</summary>
    public string Signed => FigureText.Signed(Factor.Contribution);

    private double Length => Math.Max(Share * LongestBar, 0.3);

    /// <summary>Rows from top to bottom.</summary>
    public static IReadOnlyList<ReasonRow> LayOut(IReadOnlyList<Factor> factors, int top)
    {
        var longest = factors.Select(factor => Math.Abs(factor.Contribution)).DefaultIfEmpty(0).Max();
        List<ReasonRow> rows = [];
        foreach (var factor in factors)
        {
            string[] lines = [.. TextLines.Wrap(factor.Label, Characters, 2), .. TextLines.Wrap(factor.Value, BoldCharacters, 1)];
            var row = new ReasonRow(factor, lines, top, longest > 0 ? Math.Abs(factor.Contribution) / longest : 0);
            rows.Add(row);
            top += row.Height;
        }

        return rows;
    }

    /// <summary>Baseline of a line of words, the block centred on the row.</summary>
    public int Baseline(int line) => Top + (Space / 2) + (line * LineHeight) + 13;
}
