namespace LoanRisk.Pipeline;

/// <summary>What an <see cref="ArgumentException"/> says to a person.</summary>
public static class ArgumentMessage
{
    /// <summary>The message without the parameter's name, which .NET adds to it.</summary>
    public static string Of(ArgumentException e) =>
        e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
}
