namespace LoanRisk.Trees.Training.Splitting;

/// <summary>What a leaf's rows add up to, and what its surroundings ask of it.</summary>
/// <param name="Gradient">Sum of gradients.</param>
/// <param name="Hessian">Sum of hessians.</param>
/// <param name="Rows">Rows in the leaf.</param>
/// <param name="Output">The leaf's own output before shrinkage.</param>
/// <param name="Bounds">What monotone constraints leave its descendants.</param>
internal readonly record struct LeafSums(double Gradient, double Hessian, int Rows, double Output, OutputBounds Bounds);
