using System.Net;
using System.Net.Sockets;
using LoanRisk.Pipeline.Train.Machines;

namespace LoanRisk.Tests.Pipeline.Train.Machines;

[Slow]
public sealed class MachineGroupTests
{
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    public void All_machines_gather_the_same_whatever_the_sizes(int count)
    {
        var ended = MachinesHere.Run(count, machines => (
            Numbers: machines.Gather(Own(machines.Rank)),
            Sum: machines.Sum(machines.Rank + 1),
            Words: machines.Each($"machine {machines.Rank}")));

        Assert.All(ended, machine =>
        {
            Assert.Null(machine.Failure);
            Assert.Equal(Enumerable.Range(0, count).Select(Own), machine.Made.Numbers);
            Assert.Equal(count * (count + 1) / 2, machine.Made.Sum);
            Assert.Equal(Enumerable.Range(0, count).Select(rank => $"machine {rank}"), machine.Made.Words);
        });

        // From nothing to more than any buffer of a socket.
        static double[] Own(int rank) => [.. Enumerable.Range(0, rank * 1_000_000).Select(i => (double)i + rank)];
    }

    [Fact]
    public async Task A_machine_that_does_not_come_is_named_by_those_that_did()
    {
        var list = MachinesHere.List(3);

        var ended = await Task.WhenAll(MachinesHere.Start(
            2, rank => MachinesHere.Meet(list, rank, wait: TimeSpan.FromSeconds(1)), machines => machines.Count));

        var address = list.Split(',')[2];
        Assert.All(ended, machine => Assert.Contains(
            $"achine 2 ({address}) did not come within 1 seconds.", machine.Failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_that_is_called_in_vain_is_named_with_why()
    {
        var list = MachinesHere.List(2);

        var failure = Assert.Throws<MachinesException>(() => MachinesHere.Meet(list, 1, wait: TimeSpan.FromSeconds(0.5)));

        Assert.Equal($"Machine 0 ({list.Split(',')[0]}) was not there within 0.5 seconds: nothing listens there.", failure.Message);
    }

    [Fact]
    public async Task Machines_that_were_started_with_something_else_say_what()
    {
        var list = MachinesHere.List(2);

        var ended = await Task.WhenAll(MachinesHere.Start(
            2,
            rank => MachinesHere.Meet(list, rank, new() { ["--seed"] = "1", ["Parameter num_leaves"] = rank == 1 ? "8" : "15" }),
            machines => machines.Count));

        Assert.All(ended, machine => Assert.Contains("num_leaves is ", machine.Failure!.Message, StringComparison.Ordinal));
        Assert.Equal(
            $"Parameter num_leaves is 8 here and 15 on machine 0 ({list.Split(',')[0]}); all machines must train with the same.",
            ended[1].Failure!.Message);
    }

    [Fact]
    public async Task A_rank_that_is_taken_is_refused_and_the_others_go_on()
    {
        var list = MachinesHere.List(3);
        var first = MachinesHere.Start(1, _ => MachinesHere.Meet(list, 0), machines => machines.Count)[0];
        var address = IPEndPoint.Parse(list.Split(',')[0]);

        Assert.NotNull(Introduced(address, rank: 1).Hear());
        using var twin = Introduced(address, rank: 1);
        var refusal = Assert.Throws<MachinesException>(twin.Hear);
        Assert.NotNull(Introduced(address, rank: 2).Hear());

        Assert.Equal("gave up: rank 1 is another machine's already; each rank is one machine's.", refusal.Message);
        Assert.Equal(3, (await first).Made);
    }

    [Fact]
    public void Two_machines_on_one_port_are_told_so()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port;

        var failure = Assert.Throws<MachinesException>(() => MachinesHere.Meet($"127.0.0.1:{port},127.0.0.1:1", 0));

        Assert.Equal(
            $"This machine cannot listen on 127.0.0.1:{port}: the port is taken. Is the rank the place of this machine?", failure.Message);
    }

    [Fact]
    public async Task Somebody_elses_call_is_hung_up_on()
    {
        var list = MachinesHere.List(2);
        var first = MachinesHere.Start(1, _ => MachinesHere.Meet(list, 0), machines => machines.Sum(1))[0];
        using var stranger = Called(IPEndPoint.Parse(list.Split(',')[0]));

        stranger.Send("GET / HTTP/1.1\r\nHost: loans.example\r\n\r\n"u8);
        using var second = MachinesHere.Meet(list, 1);

        Assert.Equal(2, second.Sum(1));
        Assert.Equal(2, (await first).Made);
    }

    [Fact]
    public void The_others_are_told_why_a_machine_gave_up()
    {
        var ended = MachinesHere.Run(3, machines => machines.Rank == 1
            ? throw new InvalidOperationException("The file of this machine is broken.")
            : machines.Sum(1));

        Assert.Equal("The file of this machine is broken.", ended[1].Failure!.Message);
        Assert.All([ended[0], ended[2]], machine => Assert.EndsWith(
            "gave up: The file of this machine is broken.", machine.Failure!.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_machine_that_is_silent_is_named()
    {
        using var over = new ManualResetEventSlim();
        var list = MachinesHere.List(2);
        var silent = MachinesHere.Start(1, _ => MachinesHere.Meet(list, 1), _ => over.Wait(TimeSpan.FromMinutes(1)));

        var ended = await MachinesHere.Start(
            1, _ => MachinesHere.Meet(list, 0, wait: TimeSpan.FromSeconds(1)), machines => machines.Sum(1))[0];
        over.Set();

        Assert.Equal($"Machine 1 ({list.Split(',')[1]}) has been silent for 1 seconds.", ended.Failure!.Message);
        Assert.Null((await silent[0]).Failure);
    }

    [Fact]
    public void A_machine_at_another_step_is_found_out()
    {
        var ended = MachinesHere.Run(2, machines => machines.Rank == 0 ? machines.Sum(1) : machines.All<byte>([1, 2, 3]).Length);

        Assert.Contains(
            ended, machine => machine.Failure is MachinesException e && e.Message.Contains("at the same step", StringComparison.Ordinal));
    }

    [Fact]
    public void Waiting_can_be_stopped()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));

        Assert.ThrowsAny<OperationCanceledException>(() => MachinesHere.Meet(MachinesHere.List(2), 0, stop: stop.Token));
    }

    // A machine that has called another one and said who it is.
    private static MachineLink Introduced(IPEndPoint address, int rank)
    {
        var socket = Called(address);
        var link = new MachineLink(socket, 0);
        link.Say(new MachineSettings(rank, new Dictionary<string, string>()).ToBytes());
        return link;
    }

    private static Socket Called(IPEndPoint address)
    {
        while (true)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            try
            {
                socket.Connect(address);
                return socket;
            }
            catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
            {
                socket.Dispose(); // it does not listen yet
            }
        }
    }
}
