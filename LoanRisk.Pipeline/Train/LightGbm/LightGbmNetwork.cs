using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Pipeline.Train.LightGbm;

/// <summary>
/// The network of LightGBM's data-parallel tree learner, over the links of a <see cref="MachineGroup"/>. LightGBM keeps its network by
/// thread, so all of a training run is done on the thread that joined. An exception cannot cross LightGBM's code: where a link fails, the
/// failure is told and the thread stays in the call for ever, for whatever it answered would be taken for the others' numbers.
/// </summary>
internal sealed unsafe class LightGbmNetwork : IDisposable
{
    [ThreadStatic]
    private static LightGbmNetwork? _joined;

    private readonly MachineGroup _machines;
    private readonly Action<Exception> _failed;

    private LightGbmNetwork(MachineGroup machines, Action<Exception> failed) => (_machines, _failed) = (machines, failed);

    /// <summary>Joins the calling thread; with one machine there is nothing to join.</summary>
    /// <param name="machines">The machines.</param>
    /// <param name="failed">Told why, when LightGBM cannot go on.</param>
    public static LightGbmNetwork? Join(ITrainingMachines machines, Action<Exception> failed)
    {
        if (machines is not MachineGroup { Count: > 1 } group)
        {
            return null;
        }

        _joined = new LightGbmNetwork(group, failed);
        delegate* unmanaged[Cdecl]<byte*, int, int, int*, int*, int, byte*, int, void**, void> reduceScatter = &ReduceScatter;
        delegate* unmanaged[Cdecl]<byte*, int, int*, int*, int, byte*, int, void> allgather = &Allgather;
        LightGbmApi.Check(LightGbmApi.JoinNetwork(group.Count, group.Rank, reduceScatter, allgather));
        return _joined;
    }

    public void Dispose()
    {
        _joined = null;
        LightGbmApi.Check(LightGbmApi.LeaveNetwork());
    }

    // Each machine sums one block of all machines' numbers.
    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void ReduceScatter(
        byte* input, int inputLength, int typeSize, int* starts, int* lengths, int blocks, byte* output, int outputLength, void** reducer)
    {
        var network = _joined!;
        try
        {
            network.Reduce(
                new(input, inputLength), new(new(starts, blocks), new(lengths, blocks)), output, typeSize, *reducer);
        }
        catch (Exception e)
        {
            network.Fail(e);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Allgather(byte* input, int inputLength, int* starts, int* lengths, int blocks, byte* output, int outputLength)
    {
        var network = _joined!;
        try
        {
            var values = new Span<byte>(output, outputLength);
            // LightGBM may hand over the output as input.
            new Span<byte>(input, inputLength).CopyTo(values[starts[network._machines.Rank]..]);
            network._machines.GatherBlocks(values, new(new(starts, blocks), new(lengths, blocks)));
        }
        catch (Exception e)
        {
            network.Fail(e);
        }
    }

    private void Reduce(ReadOnlySpan<byte> values, MachineBlocks blocks, byte* output, int typeSize, void* reducer)
    {
        var add = (delegate* unmanaged[Cdecl]<byte*, byte*, int, int, void>)reducer;
        var own = blocks.Of(values, _machines.Rank);
        var length = own.Length;
        own.CopyTo(new Span<byte>(output, length));
        var received = new byte[length];
        fixed (byte* arrived = received)
        {
            var place = arrived;
            _machines.ScatterBlocks(values, blocks, received, () => add(place, output, typeSize, length));
        }
    }

    private void Fail(Exception e)
    {
        _failed(e);
        Thread.Sleep(Timeout.Infinite);
    }
}
