namespace LoanRisk.Lending.Calibration;

/// <summary>Turns a raw score into a probability that can be taken at its word. Never falls as the score rises.</summary>
public abstract record ProbabilityCalibration
{
    /// <summary>Name in <c>calibration.json</c>, for example <c>isotonic</c> or <c>beta</c>.</summary>
    public abstract string Method { get; }

    /// <summary>The probability of a bad loan at a raw score (log-odds).</summary>
    public abstract double Probability(double rawScore);
}
