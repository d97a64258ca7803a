using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace LoanRisk.MLNet.Hosting;

/// <summary>The levels of a feature, in the order of their codes 0, 1, ...</summary>
/// <param name="texts">The levels as the data spell them.</param>
/// <param name="unseen">The code of a text that is no level: NaN where that counts as missing.</param>
internal sealed class FeatureLevels(ImmutableArray<string> texts, double unseen)
{
    private readonly FrozenDictionary<string, double> _codes =
        texts.Select((text, code) => KeyValuePair.Create(text, (double)code)).ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The code of a text; null and, where it is no level, an empty text are missing.</summary>
    public double CodeOf(string? text) =>
        text is null ? double.NaN
        : _codes.TryGetValue(text, out var code) ? code
        : text.Length == 0 ? double.NaN
        : unseen;

    /// <summary>The code of a number where the levels are numbers.</summary>
    public double CodeOf(double number, IReadOnlyDictionary<double, double> numbers) =>
        double.IsNaN(number) ? number : numbers.GetValueOrDefault(number, unseen);

    /// <summary>The code of one of an enum's values, given those that are known.</summary>
    public double CodeOf(long value, IReadOnlyDictionary<long, double> values) => values.GetValueOrDefault(value, unseen);

    /// <summary>The levels as numbers with their codes; null when one of them is none.</summary>
    public IReadOnlyDictionary<double, double>? Numbers()
    {
        var numbers = new Dictionary<double, double>();
        foreach (var (text, code) in _codes)
        {
            if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
            {
                return null;
            }

            numbers[number] = code;
        }

        return numbers;
    }

    /// <summary>The level that a text is in whatever case; null when there is none.</summary>
    public string? Find(string text) => texts.FirstOrDefault(level => level.Equals(text, StringComparison.OrdinalIgnoreCase));

    /// <summary>The levels for messages.</summary>
    public override string ToString() =>
        string.Join(", ", texts.Take(20).Select(text => $"\"{text}\"")) + (texts.Length > 20 ? $" and {texts.Length - 20} more" : "");
}
