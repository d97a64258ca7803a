namespace LoanRisk.Lending.Calibration;

/// <summary>
/// Turns a raw score into a probability that agrees with observed rates. Never falls as the score rises, and is never
/// exactly 0 or 1, so that log loss and log-odds of an answer are always finite. Immutable.
/// </summary>
public abstract record ProbabilityCalibration
{
    /// <summary>The probability furthest from certain that is answered; 1 minus it is the highest.</summary>
    public const double SmallestProbability = 1e-9;

    /// <summary>Name in <c>calibration.json</c>, for example <c>isotonic</c> or <c>beta</c>.</summary>
    public abstract string Method { get; }

    /// <summary>The probability of a bad loan at a raw score (log-odds).</summary>
    /// <exception cref="ArgumentException">The raw score is NaN.</exception>
    public double Probability(double rawScore) =>
        double.IsNaN(rawScore)
            ? throw new ArgumentException("A raw score must be a number.", nameof(rawScore))
            : Math.Clamp(Map(rawScore), SmallestProbability, 1 - SmallestProbability);

    /// <summary>Reads the text of a <c>calibration.json</c>.</summary>
    /// <exception cref="CalibrationFormatException">Damaged, unknown or falling; the message names the place.</exception>
    public static ProbabilityCalibration FromJson(string json) => CalibrationFile.Read(json);

    /// <summary>Writes the text of a <c>calibration.json</c>; reading it gives an equal calibration.</summary>
    public string ToJson() => CalibrationFile.Write(this);

    /// <summary>The curve itself, before the ends are kept off 0 and 1.</summary>
    protected abstract double Map(double rawScore);
}
