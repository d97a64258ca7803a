namespace LoanRisk.MLNet.Zip;

/// <summary>A zip that is not given to ML.NET; the message says what is wrong with it.</summary>
public sealed class ZipRefusedException(string message, Exception? cause = null) : Exception(message, cause);
