using LoanRisk.Lending.Products;
using LoanRisk.Store;

namespace LoanRisk.Reports;

/// <summary>What a report is to be of.</summary>
/// <param name="Product">The product.</param>
/// <param name="Model">The model, and the one it is held against.</param>
/// <param name="Folder">The data folder, for files, trials and versions.</param>
/// <param name="MadeAt">When it is made.</param>
public sealed record ReportRequest(LoanProduct Product, ReportedModel Model, DataFolder Folder, DateTimeOffset MadeAt);
