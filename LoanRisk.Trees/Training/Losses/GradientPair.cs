namespace LoanRisk.Trees.Training.Losses;

/// <summary>First and second derivative of one row's loss by its raw score, in single precision as LightGBM keeps them.</summary>
internal readonly record struct GradientPair(float Gradient, float Hessian);
