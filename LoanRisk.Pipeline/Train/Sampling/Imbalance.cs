using LoanRisk.Pipeline.Data;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Sampling;

/// <summary>
/// What is done about few bad loans. Each way but none moves the probabilities; calibration on untouched rows brings them back.
/// </summary>
public enum ImbalanceRule
{
    /// <summary>Nothing: the trees see the rows as they are.</summary>
    None,

    /// <summary>Bad loans weigh more, so that both outcomes weigh the same (LightGBM's <c>scale_pos_weight</c>).</summary>
    Weights,

    /// <summary>Rows of the rarer outcome are made up between neighbours until both outcomes are equally many (SMOTE-NC).</summary>
    Smote,
}

/// <summary>
/// Applies an <see cref="ImbalanceRule"/> to the rows that trees learn from; never to rows that stop, calibrate or measure.
/// </summary>
internal static class Imbalance
{
    /// <summary>Some rows as the trainer takes them.</summary>
    public static TrainingTable Table(DataSet data, int[] rows, ImbalanceRule rule, int seed, CancellationToken cancellationToken)
    {
        if (rule != ImbalanceRule.Smote)
        {
            return data.Table(rows);
        }

        var own = data.Only(rows);
        var sampled = Smote.Of(data.Product, own.Columns, own.Bad, new SmoteOptions { Seed = seed }, cancellationToken);
        return new TrainingTable(
            data.Product.FeatureNames,
            sampled.Columns,
            Array.ConvertAll(sampled.Bad, b => b ? 1f : 0f),
            weights: null,
            [.. data.Product.CategoricalFeatures]);
    }

    /// <summary>The parameters for some rows.</summary>
    public static TrainingParameters Parameters(TrainingParameters parameters, bool[] bad, ImbalanceRule rule) =>
        rule == ImbalanceRule.Weights ? parameters with { ScalePosWeight = ClassWeights.ScalePosWeight(bad) } : parameters;
}
