using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Split;

namespace LoanRisk.Pipeline.Train.Cards;

/// <summary>What a card tells of: a product's model, the rows it had, what the run was given and what it measured.</summary>
internal sealed class CardSubject(LoanProduct product, DataSet data, TrainingFacts facts, ModelMetrics metrics)
{
    public LoanProduct Product => product;

    public DataSet Data => data;

    public TrainingFacts Facts => facts;

    public ModelMetrics Metrics => metrics;

    /// <summary>A bad loan in the product's word.</summary>
    public string Noun => product.Target.Noun;

    /// <summary>The test rows are later than all others: the newest rows are the test only when both outcomes are among them.</summary>
    public bool IsOutOfTime { get; } =
        data.Dates is { } dates && DataSplit.Create(data, facts.Seed).Test is { Length: > 0 } test
        && test.Min(row => dates[row]) >= Enumerable.Range(0, dates.Length).Except(test).Max(row => dates[row]);
}
