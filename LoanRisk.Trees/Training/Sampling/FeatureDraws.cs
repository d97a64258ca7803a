namespace LoanRisk.Trees.Training.Sampling;

/// <summary>Draws the features a tree may split on.</summary>
internal sealed class FeatureDraws
{
    private readonly LinearCongruence draws;
    private readonly int featureCount;
    private readonly int drawn;

    public FeatureDraws(int featureCount, double fraction, int seed)
    {
        this.featureCount = featureCount;
        draws = new LinearCongruence(seed);
        drawn = fraction < 1 ? Math.Max(Math.Min(1, featureCount), (int)((featureCount * fraction) + 0.5)) : featureCount;
        Next(); // LightGBM draws once while it sets up, before the first tree's own draw.
    }

    /// <summary>One flag a usable feature, anew for each tree.</summary>
    public bool[] Next()
    {
        var used = new bool[featureCount];
        foreach (int feature in drawn < featureCount ? draws.Draw(featureCount, drawn) : Enumerable.Range(0, featureCount))
        {
            used[feature] = true;
        }

        return used;
    }
}
