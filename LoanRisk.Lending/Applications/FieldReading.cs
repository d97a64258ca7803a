namespace LoanRisk.Lending.Applications;

/// <summary>What came of reading one field.</summary>
/// <param name="Number">Its place in the feature row; NaN when missing.</param>
/// <param name="Value">Its stored spelling; null when missing.</param>
/// <param name="Problem">Why it cannot be used, or null.</param>
/// <param name="Warning">What is unusual about it, or null.</param>
/// <param name="IsUnseen">The training data held nothing like it: a number outside the range seen, a level that is not listed.</param>
internal readonly record struct FieldReading(
    double Number, string? Value, FieldProblem? Problem = null, Warning? Warning = null, bool IsUnseen = false)
{
    public static FieldReading Missing => new(double.NaN, null);

    public static FieldReading Refused(string field, FieldProblemKind kind, string message) =>
        new(double.NaN, null, new FieldProblem(field, kind, message));
}
