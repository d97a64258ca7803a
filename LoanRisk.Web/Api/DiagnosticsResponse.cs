using LoanRisk.Reports;

namespace LoanRisk.Web.Api;

/// <summary>Whether model, data and program are in good health.</summary>
/// <param name="Product">Id of the product.</param>
/// <param name="Model">The serving model; null when none serves.</param>
/// <param name="ModelAgeDays">Days since it was trained.</param>
/// <param name="Refusal">
/// Why the model, or the policy of the product file, that should serve does not; null when all is well.
/// </param>
/// <param name="DataVersions">The versions of the data, the newest first.</param>
/// <param name="MissingPercent">
/// Percentage of missing values by feature in the newest version; null without data that can be described.
/// </param>
/// <param name="Program">Version of the program.</param>
/// <param name="Packages">The packages it is made of, those it asks for by name first.</param>
internal sealed record DiagnosticsResponse(
    string Product,
    ModelResponse? Model,
    double? ModelAgeDays,
    string? Refusal,
    IReadOnlyList<DataVersionResponse> DataVersions,
    IReadOnlyDictionary<string, double>? MissingPercent,
    string Program,
    IReadOnlyList<PackageResponse> Packages);

/// <summary>A package.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Installed">The version that runs.</param>
/// <param name="Listed">The version that is asked for; null for a package that came with another.</param>
internal sealed record PackageResponse(string Name, string Installed, string? Listed)
{
    public static PackageResponse Of(PackageLine package) => new(package.Name, package.Installed, package.Listed);
}
