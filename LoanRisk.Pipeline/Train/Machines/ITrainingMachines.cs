namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>
/// The machines of a training run, each with rows of its own. All take the same steps in the same order; what a step must know of all rows
/// is gathered, so that all machines come to the same numbers.
/// </summary>
public interface ITrainingMachines
{
    /// <summary>The place of this machine, from 0; the first keeps what is made.</summary>
    public int Rank { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>What each machine has, in the order of their ranks. All must gather the same thing at the same step.</summary>
    /// <exception cref="MachinesException">A machine is gone, silent, or has given up.</exception>
    public T[][] Gather<T>(T[] own)
        where T : unmanaged;
}
