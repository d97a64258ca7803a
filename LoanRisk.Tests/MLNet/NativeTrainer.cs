using LoanRisk.MLNet.Training;

namespace LoanRisk.Tests.MLNet;

/// <summary>ML.NET's trainer, where its native library loads.</summary>
internal static class NativeTrainer
{
    /// <summary>Skips the running test, and says why, where ML.NET cannot train.</summary>
    public static void Require() => Assert.SkipWhen(NativeLightGbm.WhyNot is not null, NativeLightGbm.WhyNot ?? "");
}
