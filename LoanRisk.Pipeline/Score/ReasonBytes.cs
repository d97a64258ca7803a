using System.Numerics;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Csv;

namespace LoanRisk.Pipeline.Score;

/// <summary>
/// The reasons' texts as they stand in the file, kept for values that come again: most do, and putting a number into words takes longer
/// than all else about a reason. Bounded, safe for all threads.
/// </summary>
internal sealed class ReasonBytes(LoanProduct product, char separator, Cells cells)
{
    // Entries take some 150 bytes: 20 MB at most, whatever the number of features.
    private const int MostEntries = 1 << 17;
    private const int MostPlaceBits = 14;

    private readonly int _placeBits = Math.Min(MostPlaceBits, BitOperations.Log2((uint)Math.Max(1, MostEntries / product.Features.Count)));
    private readonly Entry?[]?[] _entries = new Entry?[]?[product.Features.Count];
    private readonly Dictionary<string, byte[]> _rules = product.Policy.KnockOuts.Select(k => k.Reason)
        .Append(ReasonText.Overall(product.Policy))
        .Distinct()
        .ToDictionary(r => r, r => CsvBytes.OfField(r, separator, cells));

    /// <summary>What the file says when a knock-out rule holds, or no value stands out.</summary>
    public byte[] OfRule(string reason) => _rules[reason];

    /// <summary>What the file says of a value in a feature row that raises the score.</summary>
    public byte[] Of(int feature, double number)
    {
        var bits = BitConverter.DoubleToUInt64Bits(number);

        // Multiplying by the golden ratio spreads neighbouring numbers over the places (Knuth, volume 3, 6.4).
        ref var place = ref Entries(feature)[(bits * 0x9E3779B97F4A7C15) >> (64 - _placeBits)];
        var entry = Volatile.Read(ref place);
        if (entry is null || entry.Bits != bits)
        {
            entry = new Entry(bits, CsvBytes.OfField(ReasonText.Raising(product, feature, number), separator, cells));
            Volatile.Write(ref place, entry);
        }

        return entry.Text;
    }

    // Two threads may both make a feature's places; one's entries are made again.
    private Entry?[] Entries(int feature) => Volatile.Read(ref _entries[feature]) ?? (_entries[feature] = new Entry?[1 << _placeBits]);

    private sealed record Entry(ulong Bits, byte[] Text);
}
