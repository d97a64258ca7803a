namespace LoanRisk.Trees.Training.Sampling;

/// <summary>Draws the features a tree may split on.</summary>
internal sealed class FeatureDraws
{
    private readonly LinearCongruence _draws;
    private readonly int _featureCount;
    private readonly int _drawn;

    public FeatureDraws(int featureCount, double fraction, int seed)
    {
        _featureCount = featureCount;
        _draws = new LinearCongruence(seed);
        _drawn = fraction < 1 ? Math.Max(Math.Min(1, featureCount), (int)((featureCount * fraction) + 0.5)) : featureCount;
        Next(); // LightGBM draws once while it sets up, before the first tree's own draw.
    }

    /// <summary>One flag a usable feature, anew for each tree.</summary>
    public bool[] Next()
    {
        var used = new bool[_featureCount];
        foreach (var feature in _drawn < _featureCount ? _draws.Draw(_featureCount, _drawn) : Enumerable.Range(0, _featureCount))
        {
            used[feature] = true;
        }

        return used;
    }
}
