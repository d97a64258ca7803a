namespace LoanRisk.Web.Decisions;

/// <summary>No decision can be given or kept just now; the message is for a person. Answered with status 503.</summary>
public sealed class ServiceUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
