namespace LoanRisk.Lending.Scorecards;

/// <summary>How log-odds become points: the higher, the safer.</summary>
/// <param name="BaseScore">Points at the base odds.</param>
/// <param name="BaseOdds">Good loans to one bad at the base score.</param>
/// <param name="PointsToDouble">So many points more double the odds.</param>
public sealed record PointScale(double BaseScore = 600, double BaseOdds = 50, double PointsToDouble = 20)
{
    /// <summary>Points of one unit of log-odds.</summary>
    public double Factor => PointsToDouble / Math.Log(2);

    /// <summary>Points at even odds.</summary>
    public double Offset => BaseScore - (Factor * Math.Log(BaseOdds));

    /// <summary>Points of a raw score, the log-odds of a bad loan.</summary>
    public double Points(double rawScore) => Offset - (Factor * rawScore);

    /// <summary>The raw score behind points.</summary>
    public double RawScore(double points) => (Offset - points) / Factor;

    /// <exception cref="ArgumentException">A number is not finite, or odds or points to double are not above 0.</exception>
    internal void Check(string parameter)
    {
        if (!double.IsFinite(BaseScore)
            || !(BaseOdds > 0 && double.IsFinite(BaseOdds))
            || !(PointsToDouble > 0 && double.IsFinite(PointsToDouble)))
        {
            throw new ArgumentException(
                $"{BaseScore} points at odds of {BaseOdds} and {PointsToDouble} to double them are no scale: "
                    + "all are finite, odds and points to double above 0.",
                parameter);
        }
    }
}
