namespace LoanRisk.Lending.Applications;

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

    /// <summary>Nothing is stored under the id.</summary>
    NotFound,

    /// <summary>The id of a stored row came together with fields.</summary>
    NotAlone,
}

/// <summary>Something unusual that was scored all the same.</summary>
/// <param name="Field">The feature.</param>
/// <param name="Message">What it means for the answer.</param>
public sealed record Warning(string Field, string Message);
