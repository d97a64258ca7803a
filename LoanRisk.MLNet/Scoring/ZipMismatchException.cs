namespace LoanRisk.MLNet.Scoring;

/// <summary>A zip that does not hold the model it should; the message says where they differ.</summary>
public sealed class ZipMismatchException(string message, Exception? cause = null) : Exception(message, cause);
