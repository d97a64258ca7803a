using System.Text.Json;

namespace LoanRisk.Pipeline.Train.Machines;

/// <summary>What is known of all machines' rows.</summary>
public static class Gathered
{
    /// <summary>The values of all machines, one after the other in the order of their ranks.</summary>
    public static T[] All<T>(this ITrainingMachines machines, T[] own)
        where T : unmanaged => machines.Gather(own) is { Length: > 1 } several ? Joined(several) : own;

    private static T[] Joined<T>(T[][] parts)
    {
        var all = new T[parts.Sum(part => part.Length)];
        var place = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, place);
            place += part.Length;
        }

        return all;
    }

    /// <summary>The sum over all machines.</summary>
    public static long Sum(this ITrainingMachines machines, long own) => machines.All([own]).Sum();

    /// <summary>What each machine says, in the order of their ranks, as JSON can hold it.</summary>
    public static IReadOnlyList<T> Each<T>(this ITrainingMachines machines, T own) => machines.Count == 1
        ? [own]
        : [.. machines.Gather(JsonSerializer.SerializeToUtf8Bytes(own)).Select(said => JsonSerializer.Deserialize<T>(said)!)];
}
