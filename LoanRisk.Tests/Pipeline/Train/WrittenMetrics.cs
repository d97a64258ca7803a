using System.Text.Json;
using LoanRisk.Lending.Models;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Train;

/// <summary>Reads a <c>metrics.json</c> as strictly as can be: what this version writes must have every measure and no other.</summary>
internal static class WrittenMetrics
{
    private static readonly JsonSerializerOptions Strict =
        new(JsonSerializerDefaults.Strict)
        {
            PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
            RespectRequiredConstructorParameters = false,
        };

    private static readonly string[] NotInEveryModel = [nameof(ModelMetrics.Scorecard), nameof(ModelMetrics.Imbalance)];

    public static ModelMetrics Of(ModelPackage package)
    {
        var metrics = JsonSerializer.Deserialize<ModelMetrics>(package.Text(PackageFiles.Metrics), Strict)!;
        Assert.DoesNotContain(null, Parts(metrics).Where(part => !NotInEveryModel.Contains(part.Name)).Select(part => part.Value));
        Assert.DoesNotContain(null, Parts(metrics.Calibration!).Concat(Parts(metrics.Rows!)).Select(part => part.Value));
        return metrics;
    }

    private static IEnumerable<(string Name, object? Value)> Parts(object whole) =>
        whole.GetType().GetProperties().Select(property => (property.Name, property.GetValue(whole)));
}
