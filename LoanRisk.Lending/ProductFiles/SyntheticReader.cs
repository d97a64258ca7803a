using System.Text.Json;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>generate</c> of a product and of its features.</summary>
internal static class SyntheticReader
{
    private const double LargestEffect = 5;

    private const double SumTolerance = 1e-6;

    /// <summary>The share of bad rows.</summary>
    public static double ReadBadRate(JsonPlace place)
    {
        var rate = place.Object(["badRate"], [])["badRate"];
        return rate.Number() is > 0 and < 1 and var share ? share : throw rate.Wrong("Allowed is a share strictly between 0 and 1.");
    }

    public static SyntheticFeature Read(JsonPlace place, Feature feature)
    {
        var fields = place.Object([], feature.HasLevels ? ["shares", "missingShare", "effect"] : ["quantiles", "missingShare", "effect"]);
        return new SyntheticFeature
        {
            Quantiles = fields.Find("quantiles") is { } quantiles ? Quantiles(quantiles, feature) : null,
            Shares = fields.Find("shares") is { } shares ? Shares(shares, feature) : null,
            MissingShare = fields.Find("missingShare") is { } missing ? MissingShare(missing, feature) : 0,
            Effect = fields.Find("effect") is { } effect ? Effect(effect) : null,
        };
    }

    private static List<double> Quantiles(JsonPlace place, Feature feature)
    {
        var items = place.Items();
        if (items.Count < 2)
        {
            throw place.Wrong("Quantiles start with the lowest and end with the highest value; at least these two are needed.");
        }

        var values = items.Select(i => i.Number()).ToList();
        for (var i = 0; i < values.Count; i++)
        {
            if (!feature.Allowed!.Contains(values[i]) || (i > 0 && values[i] < values[i - 1]))
            {
                throw items[i].Wrong(
                    $"Quantiles never fall and lie within the values \"{feature.Name}\" accepts "
                        + $"({feature.Allowed.Min} to {feature.Allowed.Max}).");
            }
        }

        return values;
    }

    private static List<double> Shares(JsonPlace place, Feature feature)
    {
        place.Expect(JsonValueKind.Object, "an object");
        string[] levels = [.. feature.Levels.Select(l => l.Value)];
        var fields = new JsonFields(place, [], levels);
        var shares = levels.Select(l => fields.Find(l) is { } share ? Share(share) : 0).ToList();
        return Math.Abs(shares.Sum() - 1) < SumTolerance
            ? shares
            : throw place.Wrong($"The shares of the levels add up to {shares.Sum():0.######}; they must add up to 1.");
    }

    private static double MissingShare(JsonPlace place, Feature feature)
    {
        if (!feature.MayBeMissing)
        {
            throw place.Wrong("A share of missing values needs \"missing\": \"allowed\".");
        }

        var share = Share(place);
        return share < 1 ? share : throw place.Wrong("Some values must be there.");
    }

    private static double Share(JsonPlace place)
    {
        var share = place.Number();
        return share is >= 0 and <= 1 ? share : throw place.Wrong($"{share} is not a share from 0 to 1.");
    }

    private static double Effect(JsonPlace place)
    {
        var effect = place.Number();
        return Math.Abs(effect) <= LargestEffect
            ? effect
            : throw place.Wrong(
                $"{effect} is out of proportion: an effect is a change of the log-odds from -{LargestEffect} to {LargestEffect}.");
    }
}
