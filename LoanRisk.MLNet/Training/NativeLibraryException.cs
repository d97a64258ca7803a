namespace LoanRisk.MLNet.Training;

/// <summary>LightGBM's native library, which ML.NET trains with, cannot be used here. The message says why and what helps.</summary>
public sealed class NativeLibraryException(string message) : Exception(message);
