using LoanRisk.Trees.Threading;
using LoanRisk.Trees.Training.Histograms;
using LoanRisk.Trees.Training.Losses;

namespace LoanRisk.Trees.Training.Growing;

/// <summary>
/// A leaf's rows with their quantised gradients; rows whose gradient and hessian are both 0 steps are left out, for they add
/// nothing.
/// </summary>
/// <param name="scratch">Room for two numbers a row, which nobody else uses until the histogram is filled.</param>
internal sealed class QuantisedLeafRows(QuantisedGradients quantised, RowPartition partition, WorkerTeam team, int[] scratch) : ILeafRows
{
    // The fewer sums are carried over the better: a whole number of pieces, of no more than a chunk, goes into one.
    private readonly int _pieceRows = quantised.RowsPerSum / (((quantised.RowsPerSum - 1) / RowPartition.ChunkRows) + 1);

    private RowRun _run;
    private Piece[] _pieces = [];

    public int Count => _run.Count;

    public void Start(GradientPair[] gradients) => quantised.Take(gradients);

    public void Take(RowRun taken)
    {
        _run = taken;
        _pieces = [.. taken.Cut(_pieceRows).Select(piece => new Piece(piece, 0))];
        team.Run(_pieces.Length, unit => _pieces[unit] = _pieces[unit] with { Kept = Gather(_pieces[unit].Run) });
    }

    public (double Gradient, double Hessian) Sums()
    {
        long gradient = 0;
        long hessian = 0;
        foreach (var piece in _pieces)
        {
            foreach (var packed in Packed(piece))
            {
                gradient += packed >> 16;
                hessian += packed & 0xFFFF;
            }
        }

        return (gradient * quantised.GradientStep, hessian * quantised.HessianStep);
    }

    public void Fill(byte[] stripe, int? half, Span<double> bins)
    {
        Span<int> integers = stackalloc int[bins.Length / 2];
        var uncarried = 0;
        var isFirst = true;
        foreach (var piece in _pieces)
        {
            if (uncarried + piece.Kept > quantised.RowsPerSum)
            {
                QuantisedStripeKernel.CarryOver(integers, half, bins, isFirst, (1, 1));
                uncarried = 0;
                isFirst = false;
            }

            uncarried += piece.Kept;
            if (half is { } one)
            {
                QuantisedStripeKernel.FillHalf(stripe, one, Rows(piece), Packed(piece), integers);
            }
            else
            {
                QuantisedStripeKernel.Fill(stripe, Rows(piece), Packed(piece), integers);
            }
        }

        QuantisedStripeKernel.CarryOver(integers, half, bins, isFirst, (quantised.GradientStep, quantised.HessianStep));
    }

    private ReadOnlySpan<int> Rows(Piece piece) => scratch.AsSpan(2 * (piece.Run.Start - _run.Start), piece.Kept);

    private ReadOnlySpan<int> Packed(Piece piece) => scratch.AsSpan((2 * (piece.Run.Start - _run.Start)) + piece.Run.Count, piece.Kept);

    // Each row is written and only those that count move on, so that there is no branch to guess.
    private int Gather(RowRun piece)
    {
        var rows = partition.Rows(piece);
        var room = scratch.AsSpan(2 * (piece.Start - _run.Start), 2 * rows.Length);
        var keptRows = room[..rows.Length];
        var keptPacked = room[rows.Length..];
        var packed = quantised.Packed;
        var kept = 0;
        foreach (var row in rows)
        {
            var value = packed[row];
            keptRows[kept] = row;
            keptPacked[kept] = value;
            kept += (int)((uint)(value | -value) >> 31);
        }

        return kept;
    }

    private readonly record struct Piece(RowRun Run, int Kept);
}
