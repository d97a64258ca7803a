using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Trees;

namespace LoanRisk.Pipeline.Train.Trees;

/// <summary>How a model is made of rows: boosted trees or a scorecard. The same rows give the same model.</summary>
public interface IModelRecipe
{
    /// <summary>What the manifest tells about it.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get; }

    /// <summary>The machines that make it together, one fit after the other; null where it is made here, several fits at a time.</summary>
    public ITrainingMachines? Machines => null;

    /// <summary>Makes a model of some rows.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="rows">Those to learn from, in file order.</param>
    /// <param name="threads">Threads to use; 0 is all.</param>
    /// <param name="progress">Told how many steps are done; may be null.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public TreeModel Fit(DataSet data, int[] rows, int threads, Action<int>? progress, CancellationToken cancellationToken);
}
