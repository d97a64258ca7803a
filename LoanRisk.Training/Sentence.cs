namespace LoanRisk.Training;

/// <summary>What an exception tells a person.</summary>
internal static class Sentence
{
    /// <summary>The message without the parameter's name, which .NET adds to it.</summary>
    public static string Of(ArgumentException e) =>
        e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
}
