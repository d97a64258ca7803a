using LoanRisk.Lending.Products;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>The training parameters that hold where neither the product nor the caller says otherwise.</summary>
public static class DefaultParameters
{
    /// <summary>
    /// Many small steps of small trees, ended by early stopping: safe on a thousand loans and on a million. A product with few bad
    /// loans wants fewer leaves; it says so in its product file.
    /// </summary>
    private static readonly TrainingParameters Safe = new()
    {
        NumIterations = 5_000,
        EarlyStoppingRound = 100,
        Metric = TrainingMetric.Auc,
        LearningRate = 0.03,
        NumLeaves = 15,
        MinDataInLeaf = 20,
        LambdaL2 = 10,
        FeatureFraction = 0.5,
        BaggingFraction = 0.8,
        BaggingFreq = 1,
    };

    /// <summary>The safe parameters, over them the product's, over them the caller's.</summary>
    /// <exception cref="InvalidOptionException">A name or value the engine does not know; the message names both and what is
    /// allowed.</exception>
    public static TrainingParameters For(LoanProduct product, IEnumerable<KeyValuePair<string, string>> overrides, int seed)
    {
        try
        {
            var asked = overrides.ToList();
            product.Training.Concat(asked).ToList().ForEach(CheckScores);
            var own = TrainingParameters.Parse(product.Training, Safe);
            var parameters = TrainingParameters.Parse(asked, own) with { Seed = seed };
            return parameters.MonotoneConstraints.IsEmpty
                ? parameters
                : throw new InvalidOptionException(
                    "monotone_constraints is no parameter here: the directions stand in the product file.", option: "monotone_constraints");
        }
        catch (ArgumentException e)
        {
            throw new InvalidOptionException(ArgumentMessage.Of(e));
        }
    }

    // Before the values are held against each other, which would say less.
    private static void CheckScores(KeyValuePair<string, string> pair)
    {
        var one = TrainingParameters.ParseOne(pair.Key, pair.Value);
        if (one.Objective != TrainingObjective.Binary || one.Boosting == BoostingType.Rf)
        {
            throw new InvalidOptionException(
                "A product's model is of objective binary and of boosting gbdt or dart, for scores must be log-odds of a bad loan.",
                option: one.Boosting == BoostingType.Rf ? "boosting" : "objective");
        }
    }
}
