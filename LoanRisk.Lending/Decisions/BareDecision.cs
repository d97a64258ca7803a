namespace LoanRisk.Lending.Decisions;

/// <summary>A decision without its reasons.</summary>
/// <param name="Probability">Calibrated probability of a bad loan, 0 to 1.</param>
/// <param name="Outcome">Approve, refer or decline.</param>
public readonly record struct BareDecision(double Probability, Outcome Outcome);
