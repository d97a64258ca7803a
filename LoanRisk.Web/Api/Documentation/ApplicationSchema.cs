using System.Globalization;
using System.Text.Json.Nodes;
using LoanRisk.Lending.Products;
using LoanRisk.Web.Decisions;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>The JSON schema of a product's application: its fields with units, ranges and levels.</summary>
internal static class ApplicationSchema
{
    /// <summary>Name of the schema among the components.</summary>
    public static string NameOf(LoanProduct product) => $"{product.Id}_application";

    public static OpenApiSchema Of(LoanProduct product) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"{product.Name}: {product.Description} The probability is that the {product.Subject.One} will be "
            + $"{product.Target.Meaning} {product.Target.Horizon}.",
        Properties = WithReference(
            product, product.Features.ToDictionary(feature => feature.Name, feature => (IOpenApiSchema)Of(feature, product))),
        Required = product.Features.Where(feature => !feature.MayBeMissing).Select(feature => feature.Name).ToHashSet(),
        AdditionalPropertiesAllowed = false,
    };

    /// <summary>Name of the schema of the other form, for a product whose stored rows can be found by an id.</summary>
    public static string LookupNameOf(LoanProduct product) => $"{product.Id}_lookup";

    /// <summary>The other form: the id of a stored row alone.</summary>
    public static OpenApiSchema OfLookup(IdColumn id, LoanProduct product) => new()
    {
        Type = JsonSchemaType.Object,
        Description = $"{product.Name}: the row of the ingested data that has this id; where several have it, the newest.",
        Properties = WithReference(product, new Dictionary<string, IOpenApiSchema> { [id.Column] = OfId(id) }),
        Required = new HashSet<string> { id.Column },
        AdditionalPropertiesAllowed = false,
    };

    /// <summary>The number that the caller has for the application.</summary>
    public static OpenApiSchema OfReference() => new()
    {
        Type = JsonSchemaType.String,
        Title = "Reference",
        Description = "Your own number of the application, if it has one: kept with the decision, shown in the answer, found by search.",
        MinLength = 1,
        MaxLength = CallerReference.Longest,
    };

    /// <summary>The id of a stored row.</summary>
    public static OpenApiSchema OfId(IdColumn id) => new()
    {
        Type = JsonSchemaType.Integer | JsonSchemaType.String,
        Title = id.Label,
        Description = "As the data spell it; a number may be sent as one or as text.",
    };

    /// <summary>What the product takes for an application: its fields, or where there is a lookup id that alone.</summary>
    public static IOpenApiSchema Either(OpenApiDocument document, LoanProduct product)
    {
        var application = new OpenApiSchemaReference(NameOf(product), document);
        return product.Lookup is null
            ? application
            : new OpenApiSchema { OneOf = [application, new OpenApiSchemaReference(LookupNameOf(product), document)] };
    }

    /// <summary>One field.</summary>
    public static OpenApiSchema Of(Feature feature, LoanProduct product)
    {
        var schema = feature.HasLevels ? OfLevels(feature) : OfNumber(feature);
        schema.Title = feature.Label;
        schema.Description = string.Join(' ', Sentences(feature, product));
        schema.Examples = Example(feature) is { } example ? [example] : null;
        return schema;
    }

    /// <summary>A value in the data's spelling as JSON has it.</summary>
    public static JsonNode? ToJson(Feature feature, string? value) => value switch
    {
        null => null,
        _ when feature.HasLevels => JsonValue.Create(value),
        _ => JsonNode.Parse(value),
    };

    private static Dictionary<string, IOpenApiSchema> WithReference(LoanProduct product, Dictionary<string, IOpenApiSchema> properties)
    {
        if (ApplicationFields.TakesReference(product))
        {
            properties[ApplicationFields.ReferenceName] = OfReference();
        }

        return properties;
    }

    private static OpenApiSchema OfNumber(Feature feature) => new()
    {
        Type = (feature.Integer ? JsonSchemaType.Integer : JsonSchemaType.Number) | NullIfMissing(feature),
        Minimum = feature.Allowed?.Min.ToString("R", CultureInfo.InvariantCulture),
        Maximum = feature.Allowed?.Max.ToString("R", CultureInfo.InvariantCulture),
    };

    /// <summary>
    /// Only the levels where others are refused; else the levels are known values and any other text is scored and flagged.
    /// </summary>
    private static OpenApiSchema OfLevels(Feature feature)
    {
        var known = new OpenApiSchema
        {
            Type = JsonSchemaType.String | NullIfMissing(feature),
            Enum =
            [
                .. feature.Levels.Select(level => level.Value).Concat(feature.MissingSpellings).Select(value => (JsonNode)value),
                .. NullValue(feature)
            ],
        };
        return feature.RefuseUnseen ? known : new OpenApiSchema { AnyOf = [known, new OpenApiSchema { Type = JsonSchemaType.String }] };
    }

    private static JsonSchemaType NullIfMissing(Feature feature) => feature.MayBeMissing ? JsonSchemaType.Null : default;

    private static IEnumerable<JsonNode> NullValue(Feature feature) => feature.MayBeMissing ? [JsonNullSentinel.JsonNull] : [];

    private static JsonNode? Example(Feature feature) =>
        ToJson(feature, feature.Example ?? (feature.HasLevels ? feature.Levels[0].Value : null));

    private static IEnumerable<string> Sentences(Feature feature, LoanProduct product)
    {
        yield return feature.Help;
        if (UnitOf(feature, product) is { } unit)
        {
            yield return unit;
        }

        if (feature.HasLevels && feature.Levels.Any(level => level.Label != level.Value))
        {
            yield return $"Levels: {string.Join("; ", feature.Levels.Select(level => $"`{level.Value}` {level.Label}"))}.";
        }

        if (feature.Kind == FeatureKind.Ordinal)
        {
            yield return "The levels stand in their order.";
        }

        if (feature.MayBeMissing)
        {
            yield return "May be null or left out.";
        }

        if (Unseen(feature) is { } unseen)
        {
            yield return unseen;
        }
    }

    private static string? UnitOf(Feature feature, LoanProduct product) => feature.Unit switch
    {
        Unit.Money => Currency.Of(product.Currency).Prefix.Length > 0
            ? $"In {product.Currency}."
            : "In the currency of the data, which is not named.",
        Unit.Fraction => "As a fraction: 0.25 is 25 %.",
        Unit.Percent => "In percentage points: 25 is 25 %.",
        Unit.Years => "In years.",
        Unit.Count => "A count.",
        _ => null,
    };

    private static string? Unseen(Feature feature) => feature switch
    {
        { RefuseUnseen: true } => null,
        { HasLevels: true } => "Another text is scored as an unseen level and flagged in `warnings`.",
        { Seen: { } seen } => $"The training data held {seen.Min:R} to {seen.Max:R}; a value outside is scored and flagged in `warnings`.",
        _ => null,
    };
}
