using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What a card tells of: a product's model, the rows it had, what the run was given and what it measured.</summary>
internal sealed class CardSubject(LoanProduct product, TrainedRows data, TrainingFacts facts, ModelMetrics metrics)
{
    public LoanProduct Product => product;

    public TrainedRows Data => data;

    public TrainingFacts Facts => facts;

    public ModelMetrics Metrics => metrics;

    /// <summary>A bad loan in the product's word.</summary>
    public string Noun => product.Target.Noun;

    /// <summary>The test rows are later than all others.</summary>
    public bool IsOutOfTime => data.IsOutOfTime;
}
