using LoanRisk.MLNet.Training;
using LoanRisk.Pipeline.Train.LightGbm;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>The recipe of a trainer.</summary>
public static class TreeRecipes
{
    /// <summary>Name of the parameter in the manifest that tells a trainer other than the managed one.</summary>
    public const string TrainerParameter = "trainer";

    /// <summary>What the manifest holds for ML.NET's trainer.</summary>
    public const string MLNet = "mlnet";

    /// <summary>What the manifest holds for LightGBM's own trainer, over machines.</summary>
    public const string LightGbm = "lightgbm";

    /// <summary>Boosted trees by LightGBM over machines.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="parameters">Parameters with directions and seed.</param>
    /// <param name="imbalance">What is done about few bad loans.</param>
    /// <exception cref="InvalidOptionException">That cannot be done over machines, or not here.</exception>
    public static IModelRecipe Over(
        ITrainingMachines machines, TrainingParameters parameters, ImbalanceRule imbalance = ImbalanceRule.None)
    {
        if (LightGbmLibrary.WhyNot is { } reason)
        {
            throw new InvalidOptionException(reason, TrainerParameter);
        }

        if (imbalance == ImbalanceRule.Smote)
        {
            throw new InvalidOptionException(
                "SMOTE makes rows up between neighbours, which stand on other machines; over machines imbalance must be none or weights.");
        }

        if (parameters.Boosting != BoostingType.Gbdt)
        {
            throw new InvalidOptionException("Parameter boosting is dart; it must be gbdt over machines.");
        }

        return parameters.WatchedMetric is TrainingMetric.Auc or TrainingMetric.BinaryLogLoss or TrainingMetric.CrossEntropy
            ? new LightGbmRecipe(parameters, imbalance, machines)
            : throw new InvalidOptionException("Parameter metric must be auc or binary_logloss over machines.");
    }

    /// <summary>Boosted trees by a trainer.</summary>
    /// <param name="trainer">Who grows them.</param>
    /// <param name="parameters">Parameters with directions and seed.</param>
    /// <param name="imbalance">What is done about few bad loans.</param>
    /// <exception cref="InvalidOptionException">The trainer cannot do what the parameters ask, or cannot train here.</exception>
    public static IModelRecipe Of(TreeTrainer trainer, TrainingParameters parameters, ImbalanceRule imbalance = ImbalanceRule.None)
    {
        if (trainer == TreeTrainer.Managed)
        {
            return new TreesRecipe(parameters, imbalance);
        }

        try
        {
            MLNetTrainer.Check(parameters);
            NativeLightGbm.Require();
        }
        catch (ArgumentException e)
        {
            throw new InvalidOptionException(ArgumentMessage.Of(e));
        }
        catch (NativeLibraryException e)
        {
            throw new InvalidOptionException(e.Message, TrainerParameter);
        }

        return new MLNetRecipe(parameters, imbalance);
    }
}
