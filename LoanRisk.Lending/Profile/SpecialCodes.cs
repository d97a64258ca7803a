namespace LoanRisk.Lending.Profile;

/// <summary>
/// Numbers of a column that seem to stand for something else than an amount, most likely for a missing value: 9999 among shares, 365243
/// days of employment, -999.
/// </summary>
/// <param name="Far">Repeated values so far from all others that they cannot belong to them, in rising order.</param>
/// <param name="Near">Repeated values that look like codes and stand apart from the others, but might belong to them.</param>
public sealed record SpecialCodes(IReadOnlyList<double> Far, IReadOnlyList<double> Near)
{
    // Fewer rows with one value come about by chance.
    private const int FewestRows = 3;
    private const double FewestShare = 0.0005;

    // A value that does not look like a code must stand in this share of the rows, and this many ranges of the others away from them.
    private const double PlainShare = 0.01;
    private const double PlainDistance = 3;

    private const double NearDistance = 0.5;

    // A range needs a few values; less is a list of codes as a whole.
    private const int FewestOthers = 4;

    private static readonly SpecialCodes None = new([], []);

    /// <summary>Finds them.</summary>
    /// <param name="numbers">The column's numbers; NaN is missing.</param>
    public static SpecialCodes Of(IEnumerable<double> numbers)
    {
        var counts = new Dictionary<double, int>();
        var rows = 0;
        foreach (var number in numbers.Where(n => !double.IsNaN(n)))
        {
            counts[number] = counts.GetValueOrDefault(number) + 1;
            rows++;
        }

        var repeated = counts.Where(c => c.Value >= Math.Max(FewestRows, FewestShare * rows)).Select(c => c.Key).ToHashSet();
        var (low, high) = counts.Count == 0 ? (0, 0) : (counts.Keys.Min(), counts.Keys.Max());
        var candidates = counts.Keys.Where(
            v => repeated.Contains(v) && (LooksLikeCode(v) || ((v == low || v == high) && counts[v] >= PlainShare * rows))).ToHashSet();
        var others = counts.Keys.Where(v => !candidates.Contains(v)).Order().ToArray();
        if (others.Length < FewestOthers)
        {
            return None;
        }

        var (from, to) = (others[0], others[^1]);
        var distances = candidates.Where(v => v < from || v > to)
            .Select(v => (Value: v, Ranges: (v < from ? (from / 2) - (v / 2) : (v / 2) - (to / 2)) / ((to / 2) - (from / 2))))
            .OrderBy(d => d.Value)
            .ToList();
        var far = distances.Where(d => d.Ranges > (LooksLikeCode(d.Value) ? 1 : PlainDistance)).Select(d => d.Value).ToList();
        var near = distances.Where(
            d => !far.Contains(d.Value)
                && (LooksLikeCode(d.Value) ? d.Ranges > NearDistance || IsLoneNegative(d.Value, from) : IsLoneNegative(d.Value, from)))
            .Select(d => d.Value)
            .ToList();
        return new SpecialCodes(far, near);
    }

    // -1 where everything else is 0 or more.
    private static bool IsLoneNegative(double value, double lowest) => value is < 0 and >= -9 && double.IsInteger(value) && lowest >= 0;

    /// <summary>
    /// True for what tables write in place of a value: nines and eights (also 96 to 98), 365243, round numbers from a million, the ends of
    /// number types.
    /// </summary>
    private static bool LooksLikeCode(double value)
    {
        var size = Math.Abs(value);
        if (size >= 1e300 || size is 365243 or short.MaxValue or int.MaxValue or uint.MaxValue or float.MaxValue)
        {
            return true;
        }

        if (!double.IsInteger(size) || size is < 88 or >= 1e15)
        {
            return false;
        }

        var digits = ((long)size).ToString(System.Globalization.CultureInfo.InvariantCulture);
        return digits.All(c => c == '8')
            || (digits[..^1].All(c => c == '9') && digits[^1] >= '4')
            || (digits.Length > 6 && digits[0] == '1' && digits.Skip(1).All(c => c == '0'));
    }
}
