using LoanRisk.Lending.Evaluation;

namespace LoanRisk.Lending.Drift.Impact;

/// <summary>
/// Keeps rows of a stream, each with the same chance, as many as there is room for (Vitter's algorithm R, ACM Transactions on Mathematical
/// Software 11, 1985). The same rows in the same order keep the same ones.
/// </summary>
/// <param name="width">Values of a row.</param>
/// <param name="most">Rows that are kept.</param>
public sealed class RowReservoir(int width, int most = RowReservoir.Usual)
{
    /// <summary>Enough that a mean is known to a hundredth of its standard deviation.</summary>
    public const int Usual = 20_000;

    private const long Seed = 13;

    private SeededRandom _random = new(Seed);
    private double[] _rows = [];

    /// <summary>Rows that came by.</summary>
    public long Seen { get; private set; }

    /// <summary>Rows that are kept.</summary>
    public int Count => (int)Math.Min(Seen, most);

    /// <summary>The values of all kept rows, one row after another.</summary>
    public ReadOnlySpan<double> Rows => _rows.AsSpan(0, Count * width);

    /// <summary>A row comes by.</summary>
    public void Add(ReadOnlySpan<double> row)
    {
        var place = Seen < most ? Seen : (long)(_random.NextDouble() * (Seen + 1));
        Seen++;
        if (place >= most)
        {
            return;
        }

        if (_rows.Length < (place + 1) * width)
        {
            Array.Resize(ref _rows, (int)Math.Min(most, Math.Max(64, 2 * place)) * width);
        }

        row.CopyTo(_rows.AsSpan((int)place * width));
    }
}
