namespace LoanRisk.MLNet.Hosting;

/// <summary>How far a feature moves a raw score from the base value: its SHAP value.</summary>
/// <param name="Feature">The feature, as the model calls it.</param>
/// <param name="Value">By how much; log-odds for a binary model.</param>
public readonly record struct FeatureContribution(string Feature, double Value);
