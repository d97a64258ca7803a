namespace LoanRisk.Trees.Training;

/// <summary>LightGBM's training parameters under LightGBM's names and with LightGBM's defaults.</summary>
public sealed record TrainingParameters
{
    public int NumIterations { get; init; } = 100;

    public double LearningRate { get; init; } = 0.1;

    public int NumLeaves { get; init; } = 31;

    /// <summary>Builds parameters from LightGBM's spelling (<c>num_leaves=31</c>), aliases included.</summary>
    /// <exception cref="ArgumentException">An unknown name or a value out of range; the message names both and what is allowed.</exception>
    public static TrainingParameters Parse(IEnumerable<KeyValuePair<string, string>> values) => throw new NotImplementedException();
}
