namespace LoanRisk.Lending.Evaluation.Effects;

/// <summary>Which loans are explained: all, or as many as are drawn when there are more.</summary>
/// <param name="Seed">Seed of the draw.</param>
/// <param name="MostLoans">Loans explained at most.</param>
public readonly record struct EffectSample(long Seed, int MostLoans = 5000);
