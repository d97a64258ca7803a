namespace LoanRisk.Store.Packages;

/// <summary>A product whose file cannot be used; the others are not touched by that.</summary>
/// <param name="Id">Name of its folder.</param>
/// <param name="Why">File, place of the fault, and what is allowed there.</param>
/// <param name="IsGone">Its folder was removed while the site runs.</param>
public sealed record BrokenProduct(string Id, string Why, bool IsGone = false);
