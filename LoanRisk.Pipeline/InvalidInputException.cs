namespace LoanRisk.Pipeline;

/// <summary>
/// The rows, model or product that were given cannot serve the work. The message names the place and what is allowed. Where the remedy
/// depends on who calls, a derived type names the cause.
/// </summary>
public class InvalidInputException(string message) : Exception(message);
