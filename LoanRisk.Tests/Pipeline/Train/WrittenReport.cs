using System.Text.Json;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Models.Figures;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Train;

/// <summary>Reads a <c>metrics.json</c> as strictly as can be: what this version writes must have every measure and no other.</summary>
internal static class WrittenReport
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Strict) { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, RespectRequiredConstructorParameters = false };

    public static TrainingReport Of(ModelPackage package) => JsonSerializer.Deserialize<TrainingReport>(package.Text(PackageFiles.Metrics), Strict)!;
}
