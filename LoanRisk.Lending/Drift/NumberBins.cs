using LoanRisk.Lending.Drift.Effects;
using LoanRisk.Lending.Drift.Samples;

namespace LoanRisk.Lending.Drift;

/// <summary>Tenths of the reference, and how many numbers of each sample lie in them.</summary>
internal sealed record NumberBins(double[] Edges, long[] Reference, long[] Current)
{
    public double Stability => PopulationStability.Of(Reference, Current);

    public static NumberBins Of(ValueDistribution reference, ValueDistribution current)
    {
        var edges = PopulationStability.Edges(reference);
        return new NumberBins(edges, PopulationStability.Counts(reference, edges), PopulationStability.Counts(current, edges));
    }
}
