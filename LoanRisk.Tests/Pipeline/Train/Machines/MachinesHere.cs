using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Tests.Deploy;

namespace LoanRisk.Tests.Pipeline.Train.Machines;

/// <summary>Machines of a run as threads of the test, on loopback.</summary>
internal static class MachinesHere
{
    public static TimeSpan Wait { get; } = TimeSpan.FromSeconds(30);

    /// <summary>A list of free ports, one a machine.</summary>
    public static string List(int count)
    {
        HashSet<int> ports = [];
        while (ports.Count < count)
        {
            ports.Add(Ports.Free());
        }

        return string.Join(',', ports.Select(port => $"127.0.0.1:{port}"));
    }

    /// <summary>Does the same work on all machines at once; what each comes to, or fails by.</summary>
    public static Ended<T>[] Run<T>(int count, Func<MachineGroup, T> work, TimeSpan? wait = null)
    {
        var list = List(count);
        return [.. Start(count, rank => Meet(list, rank, wait: wait), work).Select(machine => machine.GetAwaiter().GetResult())];
    }

    /// <summary>Starts the same work on all machines.</summary>
    public static Task<Ended<T>>[] Start<T>(int count, Func<int, MachineGroup> meet, Func<MachineGroup, T> work) =>
    [
        .. Enumerable.Range(0, count).Select(rank => Task.Factory.StartNew(
            () => Do(() => meet(rank), work), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)),
    ];

    public static MachineGroup Meet(
        string list, int rank, Dictionary<string, string>? settings = null, TimeSpan? wait = null, CancellationToken stop = default) =>
        Rendezvous.Meet(MachineList.Read(list, rank), settings ?? [], wait ?? Wait, stop);

    private static Ended<T> Do<T>(Func<MachineGroup> meet, Func<MachineGroup, T> work)
    {
        try
        {
            using var machines = meet();
            try
            {
                return new Ended<T>(work(machines), null);
            }
            catch (Exception e)
            {
                machines.GiveUp(e.Message);
                throw;
            }
        }
        catch (Exception e)
        {
            return new Ended<T>(default, e);
        }
    }

    /// <summary>How a machine ended.</summary>
    public sealed record Ended<T>(T? Made, Exception? Failure);
}
