using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>
/// Writes <c>card.md</c>: what a model was trained on, how good it is and what it must not be used for. Every figure is a measured one.
/// </summary>
public static class ModelCard
{
    /// <summary>The text in Markdown.</summary>
    /// <param name="product">The product.</param>
    /// <param name="data">What its rows were.</param>
    /// <param name="facts">What the run was given.</param>
    /// <param name="metrics">What it measured: every part of a training run's metrics.</param>
    /// <param name="zip">The package's model for ML.NET.</param>
    public static string Write(LoanProduct product, TrainedRows data, TrainingFacts facts, ModelMetrics metrics, MLNetModel zip)
    {
        var trained = new CardSubject(product, data, facts, metrics);
        IEnumerable<string> paragraphs =
        [
            .. OriginSection.Of(trained),
            .. UseSection.Of(product),
            .. RowsSection.Of(trained),
            .. MeasuresSection.Of(metrics),
            .. BandsSection.Of(product, metrics.Bands!),
            .. FeaturesSection.Of(trained),
            .. DirectionsSection.Of(metrics.Monotone!),
            .. CalibrationSection.Of(metrics.Calibration!),
            EmbeddedZip.CardText(zip),
            .. LimitsSection.Of(trained),
            .. FairnessSection.Of(product),
            .. ParametersSection.Of(facts),
        ];
        return string.Concat(paragraphs.Select(paragraph => paragraph + "\n\n"));
    }
}
