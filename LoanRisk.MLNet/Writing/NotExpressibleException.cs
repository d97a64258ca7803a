namespace LoanRisk.MLNet.Writing;

/// <summary>A model that ML.NET cannot score to the same float; the message is a sentence that says which feature and why.</summary>
public sealed class NotExpressibleException(string message) : Exception(message);
