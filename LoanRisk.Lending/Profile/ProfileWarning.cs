using System.Globalization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Profile;

/// <summary>What a warning is about; the gravest first.</summary>
public enum ProfileWarningKind
{
    /// <summary>A column tells the outcome nearly by itself: it was probably written after the outcome was known.</summary>
    Leakage,

    /// <summary>Numbers of a feature are so far from all others, and so many, that they seem to stand for a missing value.</summary>
    SpecialCodes,

    /// <summary>Many rows are equal in every feature.</summary>
    RepeatedRows,

    /// <summary>A column has one value, or none.</summary>
    Constant,

    /// <summary>One outcome is rare.</summary>
    Imbalance,

    /// <summary>Some levels have so few loans that nothing can be learned of them.</summary>
    RareLevels,
}

/// <summary>Something in the data that an analyst should look at.</summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Column">The column; null when it concerns all rows.</param>
/// <param name="Sentence">The warning for a person.</param>
/// <param name="Figure">The number behind it: an AUC, a share or a count.</param>
public sealed record ProfileWarning(ProfileWarningKind Kind, string? Column, string Sentence, double Figure)
{
    private const double RareOutcome = 0.05;

    // Expected loans of the rarer outcome; with fewer, a level's bad rate is known to a factor of two at best.
    private const int FewestOfAnOutcome = 10;
    private const int MostNamed = 10;

    // Fewer equal rows come about by chance.
    private const double ManyRepeated = 0.05;

    internal static IReadOnlyList<ProfileWarning> All(
        LoanProduct product, IReadOnlyList<double[]> columns, IReadOnlyList<ColumnProfile> all, int bad, int rows) =>
    [
        .. all.Where(c => c.Strength.GivesAway).OrderByDescending(c => c.Strength.Auc).Select(Leak),
        .. product.Features.Zip(columns)
        .Where(f => f.First.Kind == FeatureKind.Numeric)
        .Select(f => Special(f.First, f.Second))
        .OfType<ProfileWarning>(),
        .. Repeated(columns, rows),
        .. all.Where(c => c.Distinct < 2).Select(Still),
        .. Imbalanced(product, bad, rows),
        .. all.Where(c => c.IsFeature).Select(f => Rare(f, (double)Math.Min(bad, rows - bad) / rows)).OfType<ProfileWarning>(),
    ];

    private static ProfileWarning Leak(ColumnProfile column) => new(
        ProfileWarningKind.Leakage,
        column.Name,
        $"{(column.Missing > 0 && column.Strength.ByValue <= ColumnStrength.LeakAuc ? "Where it is given, " : "")}\"{column.Name}\" "
            + $"alone tells the outcome with an AUC of {column.Strength.Auc:0.000}. " + (column.IsFeature
            ? "Was it written after the outcome was known? Then it must not be a feature."
            : "It is no feature, and must not become one if it was written after the outcome was known."),
        column.Strength.Auc);

    private static ProfileWarning? Special(Feature feature, double[] values)
    {
        var codes = Profile.SpecialCodes.Of(values).Far;
        var rows = values.Count(codes.Contains);
        return codes.Count == 0 ? null : new ProfileWarning(
            ProfileWarningKind.SpecialCodes,
            feature.Name,
            $"\"{feature.Name}\" is {string.Join(" or ", codes.Select(Written))} in {CountedNoun.Of(rows, "row")}, "
                + "far from all other values. "
                + "Where that stands for a missing value, name it in missingSpellings and narrow allowed and seen.",
            (double)rows / values.Length);
    }

    private static string Written(double code) =>
        Math.Abs(code) < 1e15 ? DecimalNotation.Of(code) : code.ToString("0.#E+0", CultureInfo.InvariantCulture);

    private static IEnumerable<ProfileWarning> Repeated(IReadOnlyList<double[]> columns, int rows)
    {
        var copies = Enumerable.Range(0, rows)
            .CountBy(row => string.Join(' ', columns.Select(c => BitConverter.DoubleToInt64Bits(c[row]))), StringComparer.Ordinal)
            .Select(c => c.Value)
            .ToList();
        var repeated = rows - copies.Count;
        if (repeated > ManyRepeated * rows)
        {
            yield return new ProfileWarning(
                ProfileWarningKind.RepeatedRows,
                null,
                $"{repeated:N0} of {rows:N0} rows are equal to another row in every feature; one stands there {copies.Max():N0} times. "
                    + "Are they one loan? In training and test data alike they make a model look better than it is.",
                (double)repeated / rows);
        }
    }

    private static ProfileWarning Still(ColumnProfile column) => new(
        ProfileWarningKind.Constant,
        column.Name,
        $"\"{column.Name}\" has " + (column.Given, column.Missing) switch
        {
            (0, _) => "no value in any row.",
            (_, 0) => "the same value in every row; nothing can be learned of it.",
            _ => "the same value in every row that has one; nothing can be learned but whether it is given.",
        },
        column.Distinct);

    private static IEnumerable<ProfileWarning> Imbalanced(LoanProduct product, int bad, int rows)
    {
        var rare = Math.Min(bad, rows - bad);
        if (rare < RareOutcome * rows)
        {
            var word = rare == bad ? product.Target.Noun : $"not {product.Target.Noun}";
            yield return new ProfileWarning(
                ProfileWarningKind.Imbalance,
                null,
                $"Only {rare:N0} of {CountedNoun.Of(rows, "row")} ({100.0 * rare / rows:0.00} %) are {word}. "
                    + "Judge models by AUC, average precision and calibration; accuracy says nothing here.",
                (double)rare / rows);
        }
    }

    private static ProfileWarning? Rare(ColumnProfile column, double rarerRate)
    {
        var rare = column.Levels.Where(l => l.Loans * rarerRate < FewestOfAnOutcome).ToArray();
        if (rare.Length == 0 || column.Given == 0)
        {
            return null;
        }

        var names = string.Join(", ", rare.Take(MostNamed).Select(l => $"{l.Label} ({l.Loans:N0})")) + (
            rare.Length > MostNamed ? $" and {rare.Length - MostNamed} more" : "");
        return new ProfileWarning(
            ProfileWarningKind.RareLevels,
            column.Name,
            $"\"{column.Name}\" has levels with so few rows that fewer than {FewestOfAnOutcome} of the rarer outcome are expected: "
                + $"{names}. Their bad rates are hardly known.",
            rare.Length);
    }
}
