namespace LoanRisk.Trees.Training.Sampling;

/// <summary>The seeds of the things that are drawn, derived from one seed as LightGBM derives them.</summary>
internal readonly record struct TrainingSeeds(int BinSample, int Bagging, int Drop, int Features)
{
    public static TrainingSeeds From(TrainingParameters parameters)
    {
        var seeds = From(parameters.Seed);
        return seeds with { Drop = parameters.DropSeed ?? seeds.Drop };
    }

    public static TrainingSeeds From(int? seed)
    {
        if (seed is not { } value)
        {
            return new TrainingSeeds(BinSample: 1, Bagging: 3, Drop: 4, Features: 2);
        }

        var draws = new LinearCongruence(value);
        return new TrainingSeeds(Next(), Next(), Next(), Next());

        int Next() => draws.NextFifteenBits() % short.MaxValue;
    }
}
