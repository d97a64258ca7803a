using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Scorecards;

/// <summary>Bins in words.</summary>
public static class BinText
{
    /// <summary>What a bin of a feature holds, for example <c>above 0.1 to 0.2</c> or <c>Car, House</c>.</summary>
    public static string Of(Feature feature, WoeBin bin) => bin.Kind switch
    {
        WoeBinKind.Missing => "not given",
        WoeBinKind.Unseen => "any other",
        WoeBinKind.Levels => string.Join(", ", bin.Codes.Select(c => Label(feature, c))),
        _ when feature.HasLevels => Ranks(feature, bin),
        _ => Numbers(bin),
    };

    /// <summary>A bin of bare numbers.</summary>
    public static string Numbers(WoeBin bin) => (bin.Above, bin.UpTo) switch
    {
        (null, null) => "any",
        (null, { } upTo) => $"up to {upTo:R}",
        ({ } above, null) => $"above {above:R}",
        ({ } above, { } upTo) => $"above {above:R} to {upTo:R}",
    };

    // The ranks that lie in the bin, by their labels: the only one, or the first and the last.
    private static string Ranks(Feature feature, WoeBin bin)
    {
        var ranks = Enumerable.Range(0, feature.Levels.Count).Where(r => !(r <= bin.Above) && !(r > bin.UpTo)).ToArray();
        return ranks.Length switch
        {
            0 => "no level",
            1 => Label(feature, ranks[0]),
            _ => $"{Label(feature, ranks[0])} to {Label(feature, ranks[^1])}",
        };
    }

    private static string Label(Feature feature, int code) => code < feature.Levels.Count ? feature.Levels[code].Label : "any other";
}
