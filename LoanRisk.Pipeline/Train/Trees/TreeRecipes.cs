using LoanRisk.MLNet.Training;
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
