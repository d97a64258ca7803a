using LoanRisk.Training.Csv;

namespace LoanRisk.Tests.Training.Csv;

public sealed class OrderedWorkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Pieces_are_written_in_the_order_they_were_read_in()
    {
        var (next, written) = (0, new List<int>());

        OrderedWork.Run(() => next < 200 ? new Piece(next++) : null, piece => Thread.SpinWait(piece.Number % 7 * 2_000), piece => written.Add(piece.Number), Stop);

        Assert.Equal(Enumerable.Range(0, 200), written);
    }

    [Fact]
    public void Few_pieces_are_on_their_way_at_a_time()
    {
        var (read, done, most) = (0, 0, 0);

        OrderedWork.Run(Read, static _ => { }, _ => done++, Stop);

        Assert.Equal(1_000, done);
        Assert.InRange(most, 1, (2 * Environment.ProcessorCount) + 2);

        Piece? Read()
        {
            most = Math.Max(most, read - done + 1);
            return read < 1_000 ? new Piece(read++) : null;
        }
    }

    [Fact]
    public void Of_several_failures_the_first_in_order_is_told_whoever_fails_sooner()
    {
        var (next, written) = (0, new List<int>());
        var error = Assert.Throws<InvalidDataException>(() => OrderedWork.Run(Read, Work, piece => written.Add(piece.Number), Stop));

        Assert.Equal("work 3", error.Message);
        Assert.Equal([0, 1, 2], written);

        Piece? Read() => next < 5 ? new Piece(next++) : throw new IOException("read");

        static void Work(Piece piece)
        {
            if (piece.Number >= 3)
            {
                Thread.Sleep(20 * (5 - piece.Number));
                throw new InvalidDataException($"work {piece.Number}");
            }
        }
    }

    [Fact]
    public void A_failure_to_read_comes_after_what_was_read()
    {
        var (next, written) = (0, new List<int>());

        Assert.Throws<IOException>(() => OrderedWork.Run(() => next < 5 ? new Piece(next++) : throw new IOException("read"), static _ => { }, piece => written.Add(piece.Number), Stop));

        Assert.Equal([0, 1, 2, 3, 4], written);
    }

    [Fact]
    public void A_failure_to_write_stops_everything_and_nobody_works_on()
    {
        var (next, working) = (0, 0);
        Assert.Throws<IOException>(() => OrderedWork.Run(() => new Piece(next++), Work, _ => throw new IOException("full"), Stop));

        Assert.Equal(0, working);
        Assert.InRange(next, 1, (2 * Environment.ProcessorCount) + 2);

        void Work(Piece piece)
        {
            Interlocked.Increment(ref working);
            Thread.Sleep(5);
            Interlocked.Decrement(ref working);
        }
    }

    [Fact]
    public void Cancelling_stops_everything()
    {
        using var stop = new CancellationTokenSource();
        var next = 0;

        Assert.ThrowsAny<OperationCanceledException>(() => OrderedWork.Run(() => new Piece(next++), static _ => { }, piece => Cancel(piece), stop.Token));

        void Cancel(Piece piece)
        {
            if (piece.Number == 20)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void Nothing_to_read_is_nothing_to_do() => OrderedWork.Run<Piece>(() => null, _ => Assert.Fail("nothing was read"), _ => Assert.Fail("nothing was read"), Stop);

    private sealed record Piece(int Number);
}
