namespace LoanRisk.Web.Components.Charts;

/// <summary>One bar of the reason chart.</summary>
/// <param name="Label">The feature as the form calls it.</param>
/// <param name="Value">The applicant's value as a person reads it.</param>
/// <param name="Text">The factor in the product's words.</param>
/// <param name="Contribution">Its part of the raw score, in log-odds: above zero it raises the risk.</param>
public sealed record Factor(string Label, string Value, string Text, double Contribution);
