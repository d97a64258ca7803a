using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>A checked application: one value a feature of the product, in feature order.</summary>
public sealed partial class LoanApplication
{
    /// <summary>The product it was checked against.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>
    /// The feature row the trees read, one a feature: the number, the rank of an ordinal level, the code of a nominal one
    /// (its place in the product file; an unseen level gets a code beyond), NaN when missing.
    /// </summary>
    public required IReadOnlyList<double> Row { get; init; }

    /// <summary>The values in the data's own spelling, one a feature; null when missing.</summary>
    public required IReadOnlyList<string?> Values { get; init; }

    /// <summary>What is unusual about the values.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>Checks the values of an application; this is the only place that does.</summary>
    public static ApplicationCheck Check(LoanProduct product, IReadOnlyDictionary<string, FieldValue> values, InputStyle style) =>
        throw new NotImplementedException();
}

/// <summary>What a check found: an application, or problems.</summary>
/// <param name="Application">The application, when there are no problems.</param>
/// <param name="Problems">What is wrong, in field order; unknown fields last.</param>
public sealed record ApplicationCheck(LoanApplication? Application, IReadOnlyList<FieldProblem> Problems);

/// <summary>One wrong field.</summary>
/// <param name="Field">The field's name as the product or the sender spells it.</param>
/// <param name="Kind">What kind of problem it is.</param>
/// <param name="Message">What is wrong and what is allowed, for a person.</param>
public sealed record FieldProblem(string Field, FieldProblemKind Kind, string Message);

/// <summary>The kinds of <see cref="FieldProblem"/>.</summary>
public enum FieldProblemKind
{
    /// <summary>A required value is not there.</summary>
    Required,

    /// <summary>Not a number, or not written as one.</summary>
    NotANumber,

    /// <summary>Not a whole number.</summary>
    NotWhole,

    /// <summary>A number outside what is allowed.</summary>
    OutOfRange,

    /// <summary>Not one of the levels.</summary>
    UnknownLevel,

    /// <summary>Not text, or not a number: an array, an object, a boolean.</summary>
    WrongType,

    /// <summary>The product has no such field.</summary>
    UnknownField,

    /// <summary>The field was given more than once.</summary>
    Duplicate,
}

/// <summary>Something unusual that was scored all the same.</summary>
/// <param name="Field">The feature.</param>
/// <param name="Message">What it means for the answer.</param>
public sealed record Warning(string Field, string Message);
