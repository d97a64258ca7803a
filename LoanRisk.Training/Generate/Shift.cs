using System.Globalization;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Pipeline;

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
        "Shifts are separated by commas: NAME*FACTOR, NAME+AMOUNT or NAME-AMOUNT for numbers (in the data's units),\n"
        + "NAME=LEVEL:SHARE for the share of a level, NAME=missing:SHARE for the share without a value.";

    private const string Missing = "missing";

    private const double Hair = 1e-9;

    /// <summary>Reads a list of shifts, for example <c>rate*1.2,income-5000,purpose=car:0.3,tenure=missing:0.1</c>.</summary>
    /// <exception cref="InvalidOptionException">A shift cannot be read or does not fit its feature or the others; the message says what is
    /// allowed.</exception>
    public static IReadOnlyList<Shift> ParseAll(string text, LoanProduct product)
    {
        var shifts = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(part => Parse(part, product))
            .ToList();
        foreach (var shares in shifts.Where(s => s.Share is not null).GroupBy(s => s.Feature.Name))
        {
            CheckTogether(shares.First().Feature, [.. shares]);
        }

        return shifts;
    }

    /// <summary>The feature's distribution with all its shifts; numbers are shifted when they are drawn.</summary>
    public static FeatureReference Apply(IReadOnlyList<Shift> shifts, FeatureReference reference)
    {
        var shares = shifts.Where(s => s is { Share: not null, Level: not null }).ToDictionary(s => s.Level!, s => s.Share!.Value);
        var missing = shifts.FirstOrDefault(s => s is { Share: not null, Level: null })?.Share ?? reference.MissingShare;
        if (shares.Count == 0)
        {
            return reference with { MissingShare = missing };
        }

        // Levels that are not named keep their proportions within what is left.
        var others = reference.Levels!.Where(l => !shares.ContainsKey(l.Value)).Sum(l => l.Share);
        var left = Math.Max(0, 1 - shares.Values.Sum());
        return reference with
        {
            MissingShare = missing,
            Levels =
            [
                .. reference.Levels!.Select(
                    l => l with { Share = shares.TryGetValue(l.Value, out var share) ? share : others > 0 ? l.Share * left / others : 0 })
            ],
        };
    }

    private static void CheckTogether(Feature feature, IReadOnlyList<Shift> shares)
    {
        if (shares.GroupBy(s => s.Level ?? Missing).FirstOrDefault(g => g.Skip(1).Any()) is { } twice)
        {
            throw new InvalidOptionException($"The share of {feature.Name}={twice.Key} is set {twice.Count()} times; set it once.");
        }

        // Shares as people write them, 0.7 + 0.2 + 0.1, may add up to a hair more than 1.
        var levels = shares.Where(s => s.Level is not null).ToList();
        var sum = levels.Sum(s => s.Share!.Value);
        if (sum > 1 + Hair)
        {
            throw new InvalidOptionException($"The shares of {feature.Name} add up to {sum:0.####}; they may add up to 1 at most.");
        }

        if (levels.Count == feature.Levels.Count && levels.Count > 0 && sum < 1 - Hair)
        {
            throw new InvalidOptionException(
                $"The shares of {feature.Name} add up to {sum:0.####}, and no level is left to take the rest; they must add up to 1.");
        }
    }

    private static Shift Parse(string text, LoanProduct product)
    {
        var at = text.IndexOfAny(['*', '+', '-', '=']);
        if (at <= 0)
        {
            throw new InvalidOptionException($"\"{text}\" is no shift. {Form}");
        }

        var feature = product.Find(text[..at].Trim())
            ?? throw new InvalidOptionException(
                $"There is no feature \"{text[..at].Trim()}\" to shift; there is {string.Join(", ", product.FeatureNames)}.");
        var rest = text[(at + 1)..].Trim();
        return text[at] == '=' ? OfShare(text, feature, rest) : OfNumber(text, feature, text[at], rest);
    }

    private static Shift OfNumber(string text, Feature feature, char sign, string rest)
    {
        if (feature.HasLevels)
        {
            throw new InvalidOptionException(
                $"{feature.Name} has levels; shift the share of one, for example {feature.Name}={feature.Levels[0].Value}:0.3.");
        }

        if (!double.TryParse(rest, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw new InvalidOptionException($"\"{rest}\" in \"{text}\" is no number. {Form}");
        }

        return sign == '*' ? new Shift(feature, number, 0, null, null) : new Shift(feature, 1, sign == '-' ? -number : number, null, null);
    }

    private static Shift OfShare(string text, Feature feature, string rest)
    {
        var colon = rest.LastIndexOf(':');
        if (colon < 0
            || !double.TryParse(rest[(colon + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out var share)
            || share is not (>= 0 and <= 1))
        {
            throw new InvalidOptionException($"\"{text}\" needs a share from 0 to 1 after a colon. {Form}");
        }

        var level = rest[..colon].Trim();
        if (level == Missing && feature.CodeOf(level) < 0)
        {
            return feature.MayBeMissing
                ? new Shift(feature, 1, 0, null, share)
                : throw new InvalidOptionException($"{feature.Name} is never missing.");
        }

        return feature.HasLevels && feature.CodeOf(level) is >= 0 and var code
            ? new Shift(feature, 1, 0, feature.Levels[code].Value, share)
            : throw new InvalidOptionException(
                $"{feature.Name} has no level \"{level}\""
                + (feature.HasLevels ? $"; it has {string.Join(", ", feature.Levels.Select(l => l.Value))}." : ": it is a number."));
    }
}
