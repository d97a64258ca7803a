using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Training.Csv;

namespace LoanRisk.Training.Score;

/// <summary>
/// The reasons' texts as they stand in the file, kept for values that come again: most do, and putting a number into words takes longer than all
/// else about a reason. Bounded, safe for all threads.
/// </summary>
internal sealed class ReasonBytes(LoanProduct product, char separator)
{
    private const int PlaceBits = 11;

    private readonly Entry?[][] _entries = [.. product.Features.Select(_ => new Entry?[1 << PlaceBits])];
    private readonly Dictionary<string, byte[]> _rules = product.Policy.KnockOuts.Select(k => k.Reason).Distinct().ToDictionary(r => r, r => CsvBytes.OfField(r, separator));

    /// <summary>What the file says when a knock-out rule holds.</summary>
    public byte[] OfRule(string reason) => _rules[reason];

    /// <summary>What the file says of a value in a feature row that raises the score.</summary>
    public byte[] Of(int feature, double number)
    {
        var bits = BitConverter.DoubleToUInt64Bits(number);

        // Multiplying by the golden ratio spreads neighbouring numbers over the places (Knuth, volume 3, 6.4).
        ref var place = ref _entries[feature][(bits * 0x9E3779B97F4A7C15) >> (64 - PlaceBits)];
        var entry = Volatile.Read(ref place);
        if (entry is null || entry.Bits != bits)
        {
            entry = new Entry(bits, CsvBytes.OfField(ReasonText.Raising(product, feature, number), separator));
            Volatile.Write(ref place, entry);
        }

        return entry.Text;
    }

    private sealed record Entry(ulong Bits, byte[] Text);
}
