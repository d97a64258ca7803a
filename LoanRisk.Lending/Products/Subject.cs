namespace LoanRisk.Lending.Products;

/// <summary>What one row of the data is, in words: "7 in 100 loans", "the client".</summary>
/// <param name="One">One of them, for example <c>loan</c>.</param>
/// <param name="Many">Several of them, for example <c>loans</c>.</param>
public sealed record Subject(string One, string Many)
{
    /// <summary>A loan; it holds where a product file says nothing else.</summary>
    public static Subject Loan { get; } = new("loan", "loans");
}
