using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Training.Generate;

/// <summary>One change to the made-up loans against those the champion was trained with.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="Factor">Numbers are multiplied with this,</param>
/// <param name="Addend">and this is added.</param>
/// <param name="Level">The level whose share is set; null with <see cref="Share"/> for missing values.</param>
/// <param name="Share">The share of the level, or of missing values; null for numbers.</param>
public sealed record Shift(Feature Feature, double Factor, double Addend, string? Level, double? Share)
{
    /// <summary>How a shift is written.</summary>
    public const string Form =
        "Shifts are separated by commas: NAME*FACTOR, NAME+AMOUNT or NAME-AMOUNT for numbers (in the data's units),\n" +
        "NAME=LEVEL:SHARE for the share of a level, NAME=missing:SHARE for the share without a value.";

    private const string Missing = "missing";

    /// <summary>Reads a list of shifts, for example <c>rate*1.2,income-5000,purpose=car:0.3,tenure=missing:0.1</c>.</summary>
    /// <exception cref="UsageException">A shift cannot be read or does not fit its feature; the message says what is allowed.</exception>
    public static IReadOnlyList<Shift> ParseAll(string text, LoanProduct product) =>
        [.. text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(part => Parse(part, product))];

    /// <summary>The feature's distribution with this shift; numbers are shifted when they are drawn.</summary>
    public FeatureReference Apply(FeatureReference reference)
    {
        if (Share is not { } share)
        {
            return reference;
        }

        if (Level is null)
        {
            return reference with { MissingShare = share };
        }

        var others = reference.Levels!.Where(l => l.Value != Level).Sum(l => l.Share);
        return reference with
        {
            Levels = [.. reference.Levels!.Select(l => l with { Share = l.Value == Level ? share : others > 0 ? l.Share * (1 - share) / others : 0 })],
        };
    }

    private static Shift Parse(string text, LoanProduct product)
    {
        var at = text.IndexOfAny(['*', '+', '-', '=']);
        if (at <= 0)
        {
            throw new UsageException($"\"{text}\" is no shift. {Form}");
        }

        var feature = product.Find(text[..at].Trim())
            ?? throw new UsageException($"There is no feature \"{text[..at].Trim()}\" to shift; there is {string.Join(", ", product.FeatureNames)}.");
        var rest = text[(at + 1)..].Trim();
        return text[at] == '=' ? OfShare(text, feature, rest) : OfNumber(text, feature, text[at], rest);
    }

    private static Shift OfNumber(string text, Feature feature, char sign, string rest)
    {
        if (feature.HasLevels)
        {
            throw new UsageException($"{feature.Name} has levels; shift the share of one, for example {feature.Name}={feature.Levels[0].Value}:0.3.");
        }

        if (!double.TryParse(rest, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw new UsageException($"\"{rest}\" in \"{text}\" is no number. {Form}");
        }

        return sign == '*' ? new Shift(feature, number, 0, null, null) : new Shift(feature, 1, sign == '-' ? -number : number, null, null);
    }

    private static Shift OfShare(string text, Feature feature, string rest)
    {
        var colon = rest.LastIndexOf(':');
        if (colon < 0 || !double.TryParse(rest[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var share) || share is not (>= 0 and <= 1))
        {
            throw new UsageException($"\"{text}\" needs a share from 0 to 1 after a colon. {Form}");
        }

        var level = rest[..colon].Trim();
        if (level == Missing && feature.CodeOf(level) < 0)
        {
            return feature.MayBeMissing ? new Shift(feature, 1, 0, null, share) : throw new UsageException($"{feature.Name} is never missing.");
        }

        return feature.HasLevels && feature.CodeOf(level) is >= 0 and var code
            ? new Shift(feature, 1, 0, feature.Levels[code].Value, share)
            : throw new UsageException($"{feature.Name} has no level \"{level}\"{(feature.HasLevels ? $"; it has {string.Join(", ", feature.Levels.Select(l => l.Value))}" : ": it is a number")}.");
    }
}
