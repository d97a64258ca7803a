using System.Text.Json;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Models;
using LoanRisk.Training.Train;

namespace LoanRisk.Training.Report;

/// <summary>What a package's <c>metrics.json</c> says of its training; a model that was imported, or made by another version, may lack any of it.</summary>
public sealed record TrainingRecord
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web);

    /// <summary>How well the same parameters did fold by fold.</summary>
    public CrossValidationResult? CrossValidation { get; init; }

    /// <summary>Which directions were kept and what they cost.</summary>
    public MonotoneDecision? Monotone { get; init; }

    /// <summary>Which rows served what.</summary>
    public PartsReport? Rows { get; init; }

    /// <summary>The model's measures on its test rows, with curves.</summary>
    public ModelEvaluation? Evaluation { get; init; }

    /// <summary>What was done about rare outcomes; null when nothing was.</summary>
    public string? Imbalance { get; init; }

    /// <summary>Reads what a package says.</summary>
    public static TrainingRecord Of(ModelPackage package)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainingRecord>(package.Files[PackageFiles.Metrics].Span, Options) ?? new();
        }
        catch (JsonException)
        {
            return new();
        }
    }
}
