using System.Globalization;
using LoanRisk.Lending.Decisions;

namespace LoanRisk.Web.Components.Charts;

/// <summary>
/// Where a probability stands on the band bar, in percent of its width. Probabilities of a bad loan are small, so the scale is
/// logarithmic unless the bands themselves lie high.
/// </summary>
public sealed class BandScale
{
    /// <summary>From this approval limit on, a linear scale shows the bands better.</summary>
    private const double LinearFrom = 0.15;

    /// <summary>Percent of a phone's width that a number at a limit takes.</summary>
    private const double LeastGap = 15;

    private readonly double _floor;

    /// <summary>A scale on which the bands of these thresholds can be told apart.</summary>
    public BandScale(Thresholds thresholds)
    {
        IsLogarithmic = thresholds.ApproveBelow < LinearFrom;
        _floor = IsLogarithmic ? LogarithmicFloor(thresholds.ApproveBelow) : 0;
        Approve = Position(thresholds.ApproveBelow);
        Decline = Position(thresholds.DeclineFrom);
    }

    /// <summary>Each step to the right multiplies the risk instead of adding to it.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The probability at the left end.</summary>
    public double Floor => _floor;

    /// <summary>Where the approve band ends.</summary>
    public double Approve { get; }

    /// <summary>Where the decline band begins.</summary>
    public double Decline { get; }

    /// <summary>The place of a probability, 0 to 100; what lies beyond an end stands at it.</summary>
    public double Position(double probability)
    {
        var share = IsLogarithmic ? Math.Log(Math.Max(probability, _floor) / _floor) / Math.Log(1 / _floor) : probability;
        return Math.Clamp(share * 100, 0, 100);
    }

    /// <summary>Numbers at the two limits would run into each other side by side on a phone.</summary>
    public bool LimitsAreClose => Decline - Approve < LeastGap;

    /// <summary>The number at the left end, which grows from there, has room beside the approval limit's.</summary>
    public bool FloorHasRoom => Approve >= 1.5 * LeastGap;

    /// <summary>The number at the right end, which grows towards it, has room beside the decline limit's.</summary>
    public bool EndHasRoom => Decline <= 100 - (1.5 * LeastGap);

    /// <summary>
    /// Where a word fits into a band that is so wide: <c>roomy</c> on every screen, <c>snug</c> on wide ones, <c>slim</c> on none.
    /// </summary>
    public static string Room(double percent, string word)
    {
        const double LetterWidth = 8, Phone = 280, Wide = 640;
        var needed = (word.Length + 1) * LetterWidth;
        return percent / 100 * Phone >= needed ? "roomy" : percent / 100 * Wide >= needed ? "snug" : "slim";
    }

    /// <summary>An SVG length: <c>43.37%</c>.</summary>
    public static string Length(double percent) => percent.ToString("0.##", CultureInfo.InvariantCulture) + "%";

    /// <summary>The power of ten that leaves the approve band at least the width of a factor of five.</summary>
    private static double LogarithmicFloor(double approveBelow)
    {
        var limit = Math.Max(approveBelow, 1e-6);
        var power = Math.Pow(10, Math.Floor(Math.Log10(limit)));
        return limit / power < 5 ? power / 10 : power;
    }
}
