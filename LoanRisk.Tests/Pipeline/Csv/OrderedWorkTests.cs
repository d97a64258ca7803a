using LoanRisk.Pipeline.Csv;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Pipeline.Csv;

public sealed class OrderedWorkTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void Pieces_are_written_in_the_order_they_were_read_in()
    {
        const int Pieces = 40;
        var (next, written) = (0, new List<int>());
        using var oddDone = new SemaphoreSlim(0);

        OrderedWork.Run(() => next < Pieces ? new Piece(next++) : null, Work, piece => written.Add(piece.Number), Stop);

        Assert.Equal(Enumerable.Range(0, Pieces), written);

        // Each even piece is done only after the odd one that was read after it.
        void Work(Piece piece)
        {
            if (piece.Number % 2 == 0)
            {
                oddDone.Wait(Stop);
            }
            else
            {
                oddDone.Release();
            }
        }
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
        using var lastFails = new ManualResetEventSlim();

        var error = Assert.Throws<InvalidDataException>(() => OrderedWork.Run(Read, Work, piece => written.Add(piece.Number), Stop));

        Assert.Equal("work 3", error.Message);
        Assert.Equal([0, 1, 2], written);

        Piece? Read() => next < 5 ? new Piece(next++) : throw new IOException("read");

        void Work(Piece piece)
        {
            if (piece.Number == 4)
            {
                lastFails.Set();
            }
            else if (piece.Number == 3)
            {
                lastFails.Wait(Stop);
            }

            if (piece.Number >= 3)
            {
                throw new InvalidDataException($"work {piece.Number}");
            }
        }
    }

    [Fact]
    public void A_failure_to_read_comes_after_what_was_read()
    {
        var (next, written) = (0, new List<int>());

        Assert.Throws<IOException>(
            () => OrderedWork.Run(
                () => next < 5 ? new Piece(next++) : throw new IOException("read"),
                static _ => { },
                piece => written.Add(piece.Number),
                Stop));

        Assert.Equal([0, 1, 2, 3, 4], written);
    }

    [Fact]
    public void A_failure_to_write_stops_everything_and_nobody_works_on()
    {
        var (next, working, workingAtTheEnd) = (0, 0, -1);
        using var begun = new ManualResetEventSlim();
        using var failed = new ManualResetEventSlim();
        using var goOn = new ManualResetEventSlim();
        Exception? error = null;
        var caller = new Thread(() =>
        {
            error = Record.Exception(() => OrderedWork.Run(() => new Piece(next++), Work, Write, Stop));
            workingAtTheEnd = Volatile.Read(ref working);
        });

        caller.Start();
        failed.Wait(Stop);
        WaitingThread.Await(caller);
        goOn.Set();
        caller.Join();

        Assert.Equal("full", Assert.IsType<IOException>(error).Message);
        Assert.Equal(0, workingAtTheEnd);
        Assert.InRange(next, 1, (2 * Environment.ProcessorCount) + 2);

        // The second piece is still being worked on when the first cannot be written.
        void Work(Piece piece)
        {
            Interlocked.Increment(ref working);
            if (piece.Number == 0)
            {
                begun.Wait(Stop);
            }
            else if (piece.Number == 1)
            {
                begun.Set();
                goOn.Wait(Stop);
            }

            Interlocked.Decrement(ref working);
        }

        void Write(Piece piece)
        {
            failed.Set();
            throw new IOException("full");
        }
    }

    [Fact]
    public void Cancelling_stops_everything()
    {
        using var stop = new CancellationTokenSource();
        var next = 0;

        Assert.ThrowsAny<OperationCanceledException>(
            () => OrderedWork.Run(() => new Piece(next++), static _ => { }, piece => Cancel(piece), stop.Token));

        void Cancel(Piece piece)
        {
            if (piece.Number == 20)
            {
                stop.Cancel();
            }
        }
    }

    [Fact]
    public void Nothing_to_read_is_nothing_to_do() =>
        OrderedWork.Run<Piece>(() => null, _ => Assert.Fail("nothing was read"), _ => Assert.Fail("nothing was read"), Stop);

    private sealed record Piece(int Number);
}
