namespace LoanRisk.Lending.Decisions;

/// <summary>The engine and the second model give different scores to one row; its answer must not be served.</summary>
/// <param name="modelId">Id of the model package.</param>
/// <param name="engine">The engine's raw score.</param>
/// <param name="second">The second model's raw score.</param>
public sealed class ScoresDifferException(string modelId, double engine, float second)
    : Exception(
        $"The two models of package {modelId} score one row differently: the engine {(float)engine:R} (in full {engine:R}), "
        + $"ML.NET {second:R}.")
{
    /// <summary>Id of the model package.</summary>
    public string ModelId { get; } = modelId;

    /// <summary>The engine's raw score.</summary>
    public double Engine { get; } = engine;

    /// <summary>The second model's raw score.</summary>
    public float Second { get; } = second;
}
