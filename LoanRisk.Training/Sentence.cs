using LoanRisk.Lending;

namespace LoanRisk.Training;

/// <summary>Words for people.</summary>
internal static class Sentence
{
    /// <summary>A count with its noun: <c>1 file</c>, <c>2 files</c>.</summary>
    public static string Count(long count, string one) => CountedNoun.Of(count, one);

    /// <summary>The same with a plural of its own.</summary>
    public static string Count(long count, string one, string many) => CountedNoun.Of(count, one, many);

    /// <summary>The message without the parameter's name, which .NET adds to it.</summary>
    public static string Of(ArgumentException e) =>
        e.ParamName is { } name ? e.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : e.Message;
}
