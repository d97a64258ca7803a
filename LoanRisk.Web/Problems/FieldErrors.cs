using LoanRisk.Lending.Applications;
using LoanRisk.Web.Texts;

namespace LoanRisk.Web.Problems;

/// <summary>The first wrong fields and how many more there are: a thousand of them help nobody.</summary>
/// <param name="First">The first.</param>
/// <param name="More">How many are left out; null when none.</param>
internal sealed record FieldErrors(IReadOnlyList<FieldError> First, int? More)
{
    /// <summary>Errors that are told of one application.</summary>
    public const int Most = 20;

    public static FieldErrors Of(IReadOnlyList<FieldProblem> problems, int most = Most) =>
        new([.. problems.Take(most).Select(FieldError.Of)], problems.Count > most ? problems.Count - most : null);
}

/// <summary>One wrong field.</summary>
/// <param name="Field">Its name as it was sent, cut when it is long; empty when the application as a whole is wrong.</param>
/// <param name="Code">The kind of problem, for a program.</param>
/// <param name="Message">What is wrong and what is allowed, for a person.</param>
internal sealed record FieldError(string Field, FieldProblemKind Code, string Message)
{
    private const int LongestField = 100;

    private const int LongestMessage = 1_000;

    public static FieldError Of(FieldProblem problem) =>
        new(ShortText.Of(problem.Field, LongestField), problem.Kind, ShortText.Of(problem.Message, LongestMessage));
}
