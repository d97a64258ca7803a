namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>The machines of a run in the order of their ranks, and which of them this one is.</summary>
public sealed record MachineList
{
    /// <summary>More would spend their time on talking: each is linked with each.</summary>
    public const int Most = 64;

    private MachineList(IReadOnlyList<MachineAddress> addresses, int rank) => (Addresses, Rank) = (addresses, rank);

    /// <summary>Where each listens.</summary>
    public IReadOnlyList<MachineAddress> Addresses { get; }

    /// <summary>The place of this one, from 0.</summary>
    public int Rank { get; }

    /// <summary>Reads HOST:PORT,HOST:PORT,... and checks that the rank is one of them.</summary>
    /// <exception cref="InvalidOptionException">It is no such list; the message names the place and what is allowed.</exception>
    public static MachineList Read(string text, int rank)
    {
        var words = text.Split(',', StringSplitOptions.TrimEntries);
        MachineAddress[] addresses =
        [
            .. words.Select((word, place) => MachineAddress.Read(word) ?? throw new InvalidOptionException(
                "The machines are HOST:PORT of each, parted by commas, for example 10.0.0.1:5001,10.0.0.2:5001; "
                    + $"entry {place + 1} was \"{word}\".")),
        ];
        if (addresses.Length > Most)
        {
            throw new InvalidOptionException($"At most {Most} machines train together; there were {addresses.Length}.");
        }

        if (addresses.GroupBy(a => a).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new InvalidOptionException($"The machines name {twice.Key} twice; each listens on a host and port of its own.");
        }

        return rank >= 0 && rank < addresses.Length
            ? new MachineList(addresses, rank)
            : throw new InvalidOptionException(addresses.Length == 1
                ? $"The rank of the only machine is 0; it was {rank}."
                : $"The rank is the place of this machine among the machines, from 0 to {addresses.Length - 1}; it was {rank}.");
    }

    /// <summary>A machine as sentences name it.</summary>
    public string Name(int rank) => $"machine {rank} ({Addresses[rank]})";

    /// <inheritdoc/>
    public override string ToString() => string.Join(',', Addresses);
}
