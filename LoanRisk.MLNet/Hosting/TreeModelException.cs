namespace LoanRisk.MLNet.Hosting;

/// <summary>A model that cannot be served as it is registered; the message names the place and what is allowed.</summary>
public sealed class TreeModelException(string message, Exception? cause = null) : Exception(message, cause);
