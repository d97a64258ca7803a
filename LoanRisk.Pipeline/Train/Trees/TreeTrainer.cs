namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>Who grows boosted trees.</summary>
public enum TreeTrainer
{
    /// <summary>LoanRisk.Trees, which needs nothing but .NET.</summary>
    Managed,

    /// <summary>Microsoft.ML.LightGbm, with LightGBM's native library.</summary>
    MLNet,
}
