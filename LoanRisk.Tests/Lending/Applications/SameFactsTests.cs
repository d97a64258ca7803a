using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LoanRisk.Lending;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Tests.Loans;

namespace LoanRisk.Tests.Lending.Applications;

/// <summary>The same facts give the same row, values and warnings from the form, from JSON and from a query or CSV.</summary>
[Slow]
public sealed class SameFactsTests
{
    private const int Seed = 20261121;

    [Fact]
    public void Form_json_and_text_agree_on_two_thousand_made_up_applications()
    {
        var random = new Random(Seed);
        for (var i = 0; i < 2000; i++)
        {
            var product = i % 3 == 0 ? TinyLoan.Product : PeerLoan.Product;
            var facts = product.Features.ToDictionary(f => f.Name, f => Fact(f, random), StringComparer.Ordinal);
            AssertSame(product, facts, $"seed {Seed}, application {i}: {JsonSerializer.Serialize(facts)}");
        }
    }

    [Fact]
    public void Every_fraction_of_four_digits_survives_the_form_as_percent()
    {
        var rate = PeerLoan.Product.Find("int_rate")!;
        for (var i = 0; i <= 6000; i++)
        {
            var stored = (i / 10000m).ToString(CultureInfo.InvariantCulture);
            var number = double.Parse(stored, CultureInfo.InvariantCulture);
            var typed = ValueText.OnScreen(rate, DecimalNotation.Of(number));
            Assert.Equal((i / 100m).ToString("0.##", CultureInfo.InvariantCulture), typed);
            Assert.Equal(number, FieldReader.Read(PeerLoan.Product, rate, FieldValue.OfText(typed), InputStyle.Screen).Number);
        }
    }

    private static void AssertSame(LoanProduct product, Dictionary<string, string?> facts, string place)
    {
        var text = Checked(
            product, facts.ToDictionary(f => f.Key, f => FieldValue.OfText(f.Value), StringComparer.Ordinal), InputStyle.Text, place);
        var json = Checked(product, Json(product, facts), InputStyle.Json, place);
        var typed = text.Values.Zip(product.Features, (value, feature) => (feature.Name, Text: ValueText.OnScreen(feature, value)));
        var screen = Checked(
            product, typed.ToDictionary(t => t.Name, t => FieldValue.OfText(t.Text), StringComparer.Ordinal), InputStyle.Screen, place);
        var again = Checked(
            product,
            product.FeatureNames.Zip(text.Values).ToDictionary(v => v.First, v => FieldValue.OfText(v.Second), StringComparer.Ordinal),
            InputStyle.Text,
            place);

        foreach (var other in new[] { json, screen, again })
        {
            Assert.True(
                text.Row.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(other.Row.Select(BitConverter.DoubleToInt64Bits)), place);
            Assert.True(text.Values.SequenceEqual(other.Values), place);
            Assert.True(text.Warnings.SequenceEqual(other.Warnings), place);
        }
    }

    private static LoanApplication Checked(LoanProduct product, Dictionary<string, FieldValue> fields, InputStyle style, string place)
    {
        var check = LoanApplication.Check(product, fields, style);
        Assert.True(check.Application is not null, $"{style}, {place}: {string.Join(" ", check.Problems.Select(p => p.Message))}");
        return check.Application!;
    }

    private static Dictionary<string, FieldValue> Json(LoanProduct product, Dictionary<string, string?> facts)
    {
        var document = new JsonObject();
        foreach (var feature in product.Features)
        {
            var fact = facts[feature.Name];
            document[feature.Name] = feature.HasLevels || fact is null ? fact : JsonNode.Parse(fact);
        }

        using var parsed = JsonDocument.Parse(document.ToJsonString());
        return parsed.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => FieldValue.OfJson(p.Value), StringComparer.Ordinal);
    }

    private static string? Fact(Feature feature, Random random)
    {
        if (feature.MayBeMissing && random.Next(5) == 0)
        {
            return null;
        }

        return feature.HasLevels ? Level(feature, random) : Number(feature, random);
    }

    private static string Level(Feature feature, Random random) =>
        !feature.RefuseUnseen && random.Next(8) == 0
            ? $"unheard of {random.Next(100)}"
            : feature.Levels[random.Next(feature.Levels.Count)].Value;

    // Short decimals, all 17 digits, exponents, trailing zeros: every way a number is written in JSON.
    private static string Number(Feature feature, Random random)
    {
        var number = feature.Allowed!.Min + (
            random.NextDouble() * (feature.Allowed.Max - feature.Allowed.Min) * (random.Next(3) == 0 ? 1e-3 : 1));
        number = feature.Integer ? Math.Round(number) : number;
        number = Math.Max(number, feature.Allowed.Min);
        return random.Next(4) switch
        {
            0 when !feature.Integer => Math.Round(number, 4).ToString("0.0000", CultureInfo.InvariantCulture),
            1 => number.ToString("E16", CultureInfo.InvariantCulture),
            2 => number.ToString("0.0################", CultureInfo.InvariantCulture),
            _ => DecimalNotation.Of(number),
        };
    }
}
