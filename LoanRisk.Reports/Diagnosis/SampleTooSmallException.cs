using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Train.Split;

namespace LoanRisk.Reports.Diagnosis;

/// <summary>The sample that a diagnosis times has too few bad or good rows to train on; a larger one may have enough.</summary>
/// <param name="bad">Its bad rows.</param>
/// <param name="good">Its good rows.</param>
public sealed class SampleTooSmallException(int bad, int good) : InvalidInputException(
    $"The sample that is timed needs at least {DataSplit.FewestOfAClass} bad and {DataSplit.FewestOfAClass} good rows; "
    + $"it has {bad:N0} and {good:N0}.");
