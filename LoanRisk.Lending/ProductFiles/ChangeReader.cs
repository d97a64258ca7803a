using System.Text.Json;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the <c>changeable</c> of a feature.</summary>
internal static class ChangeReader
{
    private static readonly Dictionary<string, ChangeDirection> Directions = new(StringComparer.Ordinal)
    {
        ["either"] = ChangeDirection.Either, ["increase"] = ChangeDirection.Increase, ["decrease"] = ChangeDirection.Decrease,
    };

    public static ChangeRule? Read(JsonPlace place, Feature feature)
    {
        var rule = place.Element.ValueKind switch
        {
            JsonValueKind.Object => Rule(place, feature),
            JsonValueKind.True or JsonValueKind.False => place.Flag() ? ChangeRule.Any : null,
            _ => throw place.Wrong(
                "Expected true, false or an object such as { \"direction\": \"decrease\", \"step\": 100 }."),
        };
        return rule is not null && feature.Protected
            ? throw place.Wrong($"\"{feature.Name}\" is protected; nobody is told to change such a thing. Leave \"changeable\" out.")
            : rule;
    }

    private static ChangeRule Rule(JsonPlace place, Feature feature)
    {
        var fields = place.Object([], ["direction", "step", "most"]);
        if (feature.HasLevels)
        {
            fields.Refuse("step", "Only a number changes by steps.");
            fields.Refuse("most", "Only a number changes by an amount.");
        }

        var step = fields.Find("step") is { } s ? Amount(s, feature) : default(double?);
        var most = fields.Find("most") is { } m ? Amount(m, feature) : default(double?);
        return most < step
            ? throw fields["most"].Wrong($"It is below \"step\" ({step}), so nothing could change.")
            : new ChangeRule(fields.Find("direction") is { } way ? Direction(way, feature) : ChangeDirection.Either, step, most);
    }

    private static ChangeDirection Direction(JsonPlace place, Feature feature)
    {
        var direction = place.OneOf(Directions);
        if (feature.Kind == FeatureKind.Nominal && direction != ChangeDirection.Either)
        {
            throw place.Wrong("A nominal feature has no order, so it has no direction; leave \"direction\" out.");
        }

        return (feature.Monotone, direction) is (1, ChangeDirection.Increase) or (-1, ChangeDirection.Decrease)
            ? throw place.Wrong(
                $"\"monotone\" says that risk never falls that way, so the change would never help; "
                    + "leave it \"changeable\": false, or turn the direction round.")
            : direction;
    }

    private static double Amount(JsonPlace place, Feature feature)
    {
        var amount = place.Number();
        if (amount <= 0 || amount > feature.Allowed!.Max - feature.Allowed.Min)
        {
            throw place.Wrong(
                $"Allowed is a number above 0 and at most {feature.Allowed!.Max - feature.Allowed.Min}, the width of \"allowed\".");
        }

        return !feature.Integer || double.IsInteger(amount)
            ? amount
            : throw place.Wrong("The feature takes whole numbers only, so it changes by whole numbers.");
    }
}
