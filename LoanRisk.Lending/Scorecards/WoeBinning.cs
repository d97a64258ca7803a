using System.Text.Json.Serialization;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Scorecards;

/// <summary>The bins of one feature; every value there can be belongs to exactly one.</summary>
/// <param name="Bins">Bins with values in their order (nominal ones from the safest to the riskiest), then unseen levels for a nominal
/// feature, then missing values.</param>
public sealed record WoeBinning(IReadOnlyList<WoeBin> Bins)
{
    /// <summary>Sum over the bins: below 0.02 nothing, to 0.1 weak, to 0.3 medium, above strong, far above 0.5 suspicious.</summary>
    public double InformationValue => Bins.Sum(b => b.Information);

    /// <summary>Bins that hold loans.</summary>
    [JsonIgnore]
    public int FilledCount => Bins.Count(b => b.Loans > 0);

    /// <summary>Cuts a feature into bins.</summary>
    /// <param name="feature">Tells numbers and ranks from nominal levels.</param>
    /// <param name="column">The feature's values as the feature row has them; NaN is missing.</param>
    /// <param name="bad">The outcomes; both occur.</param>
    /// <param name="options">How.</param>
    /// <param name="direction">+1: the bad rate may only rise with the value; -1: only fall; 0: free. Nominal features have none.</param>
    /// <exception cref="ArgumentException">Lengths differ, or one of the outcomes is missing.</exception>
    public static WoeBinning Of(Feature feature, double[] column, bool[] bad, BinningOptions options, int direction = 0) =>
        feature.Kind == FeatureKind.Nominal
        ? OfLevels(column, bad, feature.Levels.Count, options)
        : OfNumbers(column, bad, options, direction);

    /// <summary>Cuts numbers into bins.</summary>
    /// <inheritdoc cref="Of"/>
    public static WoeBinning OfNumbers(double[] column, bool[] bad, BinningOptions options, int direction = 0)
    {
        var totals = Totals.Of(column, bad);
        var parts = NumberParts.Of(column, bad, options.FinestBins);
        var merging = new BinMerging(options, direction, column.Length, totals.Good, totals.Bad);
        merging.Run(parts);
        var bins = parts.Select((p, i) => new WoeBin(
            WoeBinKind.Numbers,
            i == 0 ? null : parts[i - 1].UpTo,
            i == parts.Count - 1 ? null : p.UpTo,
            [],
            p.Good,
            p.Bad,
            merging.Woe(p),
            totals.Information(p.Good, p.Bad, merging.Woe(p)))).ToList();
        if (bins.Count == 0)
        {
            bins.Add(new WoeBin(WoeBinKind.Numbers, null, null, [], 0, 0, 0, 0));
        }

        return new WoeBinning([.. bins, totals.Missing(merging)]).Completed();
    }

    /// <summary>Groups nominal levels into bins.</summary>
    /// <param name="column">Category codes; NaN is missing.</param>
    /// <param name="bad">The outcomes; both occur.</param>
    /// <param name="levelCount">Codes from this on are unseen levels.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">Lengths differ, or one of the outcomes is missing.</exception>
    public static WoeBinning OfLevels(double[] column, bool[] bad, int levelCount, BinningOptions options)
    {
        var totals = Totals.Of(column, bad);
        var parts = LevelParts.Of(column, bad, options.SmallestShare * column.Length);
        var merging = new BinMerging(options, direction: 0, column.Length, totals.Good, totals.Bad);
        merging.Run(parts);
        var seen = parts.SelectMany(p => p.Codes).ToHashSet();
        var binning = new WoeBinning(
        [
            .. parts.Select(p => new WoeBin(
                WoeBinKind.Levels,
                null,
                null,
                [.. p.Codes.Order()],
                p.Good,
                p.Bad,
                merging.Woe(p),
                totals.Information(p.Good, p.Bad, merging.Woe(p)))),
            new WoeBin(WoeBinKind.Unseen, null, null, [.. Enumerable.Range(0, levelCount + 1).Where(c => !seen.Contains(c))], 0, 0, 0, 0),
            totals.Missing(merging),
        ]);
        return binning.Completed();
    }

    /// <summary>The place of a value's bin in <see cref="Bins"/>.</summary>
    public int PlaceOf(double value)
    {
        if (double.IsNaN(value))
        {
            return Bins.Count - 1;
        }

        for (var i = 0; i < Bins.Count - 1; i++)
        {
            if (Bins[i].Kind switch
            {
                WoeBinKind.Numbers => Bins[i].UpTo is not { } end || value <= end,
                WoeBinKind.Levels => Bins[i].Codes.Contains((int)value),
                _ => true,
            })
            {
                return i;
            }
        }

        return Bins.Count - 2;
    }

    /// <summary>The place, among some bins, of the one whose weight of evidence is nearest to 0.</summary>
    internal static int MostAverage(IReadOnlyList<WoeBin> bins) => Enumerable.Range(0, bins.Count).MinBy(i => Math.Abs(bins[i].Woe));

    // What was never seen counts like the most average of what was: nothing speaks for it or against it.
    private WoeBinning Completed()
    {
        WoeBin[] seen = [.. Bins.Where(b => b is { Kind: WoeBinKind.Numbers or WoeBinKind.Levels, Loans: > 0 })];
        var average = seen.Length == 0 ? 0 : seen[MostAverage(seen)].Woe;
        return new WoeBinning([.. Bins.Select(b => b.Loans > 0 ? b : b with { Woe = average })]);
    }

    private sealed record Totals(int Good, int Bad, int MissingGood, int MissingBad)
    {
        public static Totals Of(double[] column, bool[] bad)
        {
            if (column.Length != bad.Length)
            {
                throw new ArgumentException($"{column.Length} values but {bad.Length} outcomes.", nameof(bad));
            }

            var badCount = bad.Count(b => b);
            if (badCount == 0 || badCount == bad.Length)
            {
                throw new ArgumentException(
                    $"Good and bad loans are both needed; there are {bad.Length - badCount} good and {badCount} bad ones.", nameof(bad));
            }

            var missing = Enumerable.Range(0, column.Length).Where(i => double.IsNaN(column[i])).ToArray();
            var missingBad = missing.Count(i => bad[i]);
            return new Totals(bad.Length - badCount, badCount, missing.Length - missingBad, missingBad);
        }

        public double Information(int good, int bad, double woe) => WeightOfEvidence.Information(good, bad, Good, Bad, woe);

        public WoeBin Missing(BinMerging merging)
        {
            var woe = MissingGood + MissingBad == 0 ? 0 : merging.Woe(new BinPart(MissingGood, MissingBad, double.NaN, []));
            return new WoeBin(WoeBinKind.Missing, null, null, [], MissingGood, MissingBad, woe, Information(MissingGood, MissingBad, woe));
        }
    }
}
