using LoanRisk.Trees.Training.Sampling;

namespace LoanRisk.Trees.Training.Boosting;

/// <summary>Draws the iterations that dart leaves out, and keeps count of what each weighs.</summary>
internal sealed class TreeDropping(TrainingParameters parameters, int seed)
{
    private readonly LinearCongruence draws = new(seed);
    private readonly List<double> weights = [];
    private double weightSum;

    /// <summary>The iterations to leave out of those before this one, ascending.</summary>
    public int[] Draw(int before)
    {
        if (draws.NextFraction() < parameters.SkipDrop)
        {
            return [];
        }

        double inverseMean = weights.Count / weightSum;
        double rate = Limited(before, inverseMean);
        var dropped = new List<int>();
        for (int iteration = 0; iteration < before; iteration++)
        {
            if (draws.NextFraction() < (parameters.UniformDrop ? rate : rate * weights[iteration] * inverseMean))
            {
                dropped.Add(iteration);
                if (dropped.Count == parameters.MaxDrop)
                {
                    break;
                }
            }
        }

        return [.. dropped];
    }

    /// <summary>Takes note of the weight of an iteration that left out others, and of theirs.</summary>
    public void Conclude(int[] dropped, double rate)
    {
        double share = dropped.Length + (parameters.XgboostDartMode ? parameters.LearningRate : 1);
        foreach (int iteration in dropped)
        {
            weightSum -= weights[iteration] * (1 / share);
            weights[iteration] *= dropped.Length / share;
        }

        weights.Add(rate);
        weightSum += rate;
    }

    private double Limited(int before, double inverseMean)
    {
        if (parameters.MaxDrop <= 0)
        {
            return parameters.DropRate;
        }

        double most = parameters.UniformDrop ? parameters.MaxDrop / (double)before : parameters.MaxDrop * inverseMean / weightSum;
        return Math.Min(parameters.DropRate, most);
    }
}
