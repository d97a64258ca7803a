using LoanRisk.Lending.Products;
using LoanRisk.Lending.Profile;

namespace LoanRisk.Reports;

/// <summary>A profile and where it is from.</summary>
/// <param name="Product">The product.</param>
/// <param name="Source">The file or data version.</param>
/// <param name="Skipped">Rows that could not be used.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="Profile">What the rows look like.</param>
public sealed record ProfileReport(LoanProduct Product, string Source, int Skipped, DateTimeOffset MadeAt, DataProfile Profile);
