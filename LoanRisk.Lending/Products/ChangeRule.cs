namespace LoanRisk.Lending.Products;

/// <summary>Which way an applicant can change a value.</summary>
public enum ChangeDirection
{
    /// <summary>Up and down; levels without an order to any other.</summary>
    Either,

    /// <summary>Only up; levels only to later ones.</summary>
    Increase,

    /// <summary>Only down; levels only to earlier ones.</summary>
    Decrease,
}

/// <summary>How an applicant can change a feature.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Step">
/// A number's smallest change that a person would make, in the data's units: what is proposed is a multiple of it. Null leaves it to how
/// the values of training are spread.
/// </param>
/// <param name="Most">A number's largest change that is within reach, in the data's units; null when there is no limit.</param>
public sealed record ChangeRule(ChangeDirection Direction, double? Step = null, double? Most = null)
{
    /// <summary>Any change.</summary>
    public static ChangeRule Any { get; } = new(ChangeDirection.Either);
}
