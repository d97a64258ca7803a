using LoanRisk.Lending.Products;
using LoanRisk.Lending.Scorecards;

namespace LoanRisk.Lending.Profile;

/// <summary>One column of a data set.</summary>
public sealed record ColumnProfile
{
    /// <summary>Its heading; for a feature its name.</summary>
    public required string Name { get; init; }

    /// <summary>What a person reads.</summary>
    public required string Label { get; init; }

    /// <summary>
    /// Numbers, or levels with or without an order. Columns without a feature are numbers when every cell is one, otherwise nominal.
    /// </summary>
    public required FeatureKind Kind { get; init; }

    /// <summary>It is a feature of the product.</summary>
    public required bool IsFeature { get; init; }

    /// <summary>Rows with a value.</summary>
    public required int Given { get; init; }

    /// <summary>Rows without.</summary>
    public required int Missing { get; init; }

    /// <summary>Their share of all rows.</summary>
    public required double MissingShare { get; init; }

    /// <summary>Different values.</summary>
    public required int Distinct { get; init; }

    /// <summary>Mean, median and so on; null for levels and when nothing is given.</summary>
    public NumberSummary? Numbers { get; init; }

    /// <summary>
    /// Levels with their bad rates: of a feature all in its order, of another column the most frequent ones; empty for numbers.
    /// </summary>
    public required IReadOnlyList<LevelProfile> Levels { get; init; }

    /// <summary>Levels that <see cref="Levels"/> leaves out.</summary>
    public required int LevelsLeftOut { get; init; }

    /// <summary>About ten bins with weight of evidence, missing values in one of their own.</summary>
    public required IReadOnlyList<BinProfile> Bins { get; init; }

    /// <summary>Sum over the bins; see <see cref="WoeBinning.InformationValue"/>.</summary>
    public required double InformationValue { get; init; }

    /// <summary>How well the column alone tells bad loans from good ones.</summary>
    public required ColumnStrength Strength { get; init; }

    internal static ColumnProfile Of(ProfiledColumn column, bool[] bad)
    {
        var given = column.Values.Where(v => !double.IsNaN(v)).ToArray();
        Array.Sort(given);
        var binning = column.IsOrdered
            ? WoeBinning.OfNumbers(column.Values, bad, BinningOptions.Profile)
            : WoeBinning.OfLevels(column.Values, bad, column.Levels.Count, BinningOptions.Profile);
        var levels = LevelProfile.Table(column, bad);
        return new ColumnProfile
        {
            Name = column.Name,
            Label = column.Label,
            Kind = column.Kind,
            IsFeature = column.Feature is not null,
            Given = given.Length,
            Missing = column.Values.Length - given.Length,
            MissingShare = (double)(column.Values.Length - given.Length) / column.Values.Length,
            Distinct = given.Where((v, i) => i == 0 || v != given[i - 1]).Count(),
            Numbers = column.Kind == FeatureKind.Numeric && given.Length > 0 ? NumberSummary.Of(given, column.Values, bad) : null,
            Levels = levels.Shown,
            LevelsLeftOut = levels.LeftOut,
            Bins = [.. binning.Bins.Where(b => b.Loans > 0).Select(b => new BinProfile(TextOf(column, b), b))],
            InformationValue = binning.InformationValue,
            Strength = ColumnStrength.Of(column, bad),
        };
    }

    private static string TextOf(ProfiledColumn column, WoeBin bin)
    {
        const int MostNames = 8;
        return bin.Kind != WoeBinKind.Levels || bin.Codes.Count <= MostNames
            ? BinText.Of(column.Feature ?? Stand(column), bin)
            : $"{BinText.Of(column.Feature ?? Stand(column), bin with { Codes = [.. bin.Codes.Take(MostNames)] })} and "
                + $"{bin.Codes.Count - MostNames} more";
    }

    // Words for the bins of a column that is no feature.
    private static Feature Stand(ProfiledColumn column) => new()
    {
        Name = column.Name, Label = column.Label, Help = "", Group = "", Kind = column.Kind, Reason = "", Levels = column.Levels,
    };
}

/// <summary>A bin and what it holds, in words.</summary>
public sealed record BinProfile(string Text, WoeBin Bin);
