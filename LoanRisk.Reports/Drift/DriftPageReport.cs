using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Drift;

namespace LoanRisk.Reports.Drift;

/// <summary>A comparison as a page of its own.</summary>
/// <param name="Product">The product.</param>
/// <param name="Result">The comparison.</param>
/// <param name="MadeAt">When it was made.</param>
public sealed record DriftPageReport(LoanProduct Product, DriftResult Result, DateTimeOffset MadeAt);
