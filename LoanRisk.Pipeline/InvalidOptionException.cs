namespace LoanRisk.Pipeline;

/// <summary>An option of the work is not allowed, whatever the rows say. The message names it and what is allowed.</summary>
/// <param name="message">The message.</param>
/// <param name="option">The name of the option, where the caller may know more of it; null otherwise.</param>
public sealed class InvalidOptionException(string message, string? option = null) : Exception(message)
{
    /// <summary>The name of the option, where the caller may know more of it; null otherwise.</summary>
    public string? Option { get; } = option;
}
