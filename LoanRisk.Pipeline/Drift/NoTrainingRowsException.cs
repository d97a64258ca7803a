using LoanRisk.Lending.Models;

namespace LoanRisk.Pipeline.Drift;

/// <summary>A sample was to be held against the rows of a model's training, of which its package does not tell.</summary>
/// <param name="package">The package.</param>
public sealed class NoTrainingRowsException(ModelPackage package) : InvalidInputException(
    $"Model {package.Id[..12]} does not say how the rows of its training were distributed, as imported models do not.");
