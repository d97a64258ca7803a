using LoanRisk.MLNet.Training;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>
/// LightGBM's native library, which stands beside the program for ML.NET's trainer and is the one that trains over machines.
/// </summary>
internal static class LightGbmLibrary
{
    /// <summary>Why it cannot be used here and what helps; null where it can.</summary>
    public static string? WhyNot { get; } = NativeLightGbm.WhyNotFor("Training over machines", "or train on one machine alone");
}
