using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Sampling;

/// <summary>Chooses the rows that an iteration's trees are grown on.</summary>
internal interface IRowSample
{
    /// <summary>The rows to grow on, ascending; null is every row.</summary>
    public int[]? InBag { get; }

    /// <summary>The other rows, ascending.</summary>
    public int[] OutOfBag { get; }

    /// <summary>Chooses anew when the iteration (from 0) asks for it.</summary>
    /// <param name="iteration">The iteration, from 0.</param>
    /// <param name="gradients">The iteration's gradients, one array an output; rows that stand for others are made heavier in
    /// place.</param>
    public void Prepare(int iteration, GradientPair[][] gradients);
}
