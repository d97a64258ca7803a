namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>A run whose rows are all here.</summary>
public sealed class OneMachine : ITrainingMachines
{
    private OneMachine()
    {
    }

    /// <summary>The one.</summary>
    public static OneMachine Instance { get; } = new();

    /// <inheritdoc/>
    public int Rank => 0;

    /// <inheritdoc/>
    public int Count => 1;

    /// <inheritdoc/>
    public T[][] Gather<T>(T[] own)
        where T : unmanaged => [own];
}
