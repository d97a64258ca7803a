namespace LoanRisk.Lending.Decisions;

/// <summary>A reason for or against an applicant, before it is put into words.</summary>
/// <param name="Feature">The feature's place; -1 where no single one stands out.</param>
/// <param name="Rule">What a knock-out rule that held says, or that no value stands out; null for a feature by its value.</param>
/// <param name="Contribution">
/// The feature's part of the raw score; infinite for what stands first whatever its part: a rule, a value that is unseen.
/// </param>
/// <param name="IsUnseen">Training has seen no value like this one, so that an officer decides.</param>
public readonly record struct ReasonPlace(int Feature, string? Rule, double Contribution, bool IsUnseen = false);
