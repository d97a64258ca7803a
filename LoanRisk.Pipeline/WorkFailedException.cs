namespace LoanRisk.Pipeline;

/// <summary>The program was called wrongly; the message says how to call it. Exit code 2.</summary>
public sealed class UsageException(string message) : Exception(message);

/// <summary>The work cannot be done with what was given; the message says why and what to do. Exit code 1.</summary>
public sealed class WorkFailedException(string message) : Exception(message);
