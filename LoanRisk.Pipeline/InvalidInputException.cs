namespace LoanRisk.Pipeline;

/// <summary>
/// The rows, model or product that were given cannot serve the work. The message names the place and what is allowed; how to help it,
/// where that depends on who calls, is told by a type of its own.
/// </summary>
public class InvalidInputException(string message) : Exception(message);
