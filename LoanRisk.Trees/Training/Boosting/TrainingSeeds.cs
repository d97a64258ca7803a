namespace LoanRisk.Trees.Training.Boosting;

/// <summary>The seeds of the three things that are drawn, derived from one seed as LightGBM derives them.</summary>
internal readonly record struct TrainingSeeds(int BinSample, int Bagging, int Features)
{
    public static TrainingSeeds From(int? seed)
    {
        if (seed is not { } value)
        {
            return new TrainingSeeds(BinSample: 1, Bagging: 3, Features: 2);
        }

        var draws = new LinearCongruence(value);
        int binSample = draws.NextFifteenBits();
        int bagging = draws.NextFifteenBits();
        draws.NextFifteenBits(); // LightGBM's third seed is for dart's dropping.
        return new TrainingSeeds(binSample, bagging, draws.NextFifteenBits());
    }
}
