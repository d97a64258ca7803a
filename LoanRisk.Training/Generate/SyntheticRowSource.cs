using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;
using LoanRisk.Pipeline;

namespace LoanRisk.Training.Generate;

/// <summary>What made-up rows are drawn from.</summary>
/// <param name="Reference">Distributions and rank correlations of the features.</param>
/// <param name="LogOdds">Log-odds of a bad outcome.</param>
/// <param name="BadRate">The share of bad rows to aim at; null takes the log-odds as they are.</param>
public sealed record SyntheticRowSource(TrainingReference Reference, Func<LoanApplication, double> LogOdds, double? BadRate)
{
    /// <summary>A model: features from its <c>reference.json</c>, outcomes from its probabilities.</summary>
    /// <exception cref="InvalidInputException">The package's reference cannot be drawn from.</exception>
    public static SyntheticRowSource Of(ModelPackage package)
    {
        try
        {
            return new SyntheticRowSource(
                TrainingReference.FromJson(package.Text(PackageFiles.Reference)),
                application => Lending.Statistics.LogOdds.Of(
                    package.Calibration.Probability(package.Trees.PredictRaw([.. application.Row]))),
                null);
        }
        catch (FormatException e)
        {
            throw new InvalidInputException(e.Message);
        }
    }

    /// <summary>The product file alone, while there is no model.</summary>
    public static SyntheticRowSource Of(LoanProduct product)
    {
        var reference = SyntheticReference.Of(product);
        var risk = new SyntheticRisk(product, reference);
        return new SyntheticRowSource(reference, risk.LogOdds, reference.BadRate);
    }
}
