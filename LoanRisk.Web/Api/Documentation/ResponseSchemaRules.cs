using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace LoanRisk.Web.Api.Documentation;

/// <summary>
/// What the generator does not know: a member is always there unless it is left out when null, and null only where its type says so; a
/// whole number is a count; a bare object is a value of an application.
/// </summary>
internal sealed class ResponseSchemaRules : IOpenApiSchemaTransformer
{
    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        if (context.JsonTypeInfo.Kind == JsonTypeInfoKind.Object)
        {
            schema.Required = context.JsonTypeInfo.Properties.Where(member => member.Get is not null && IsAlwaysThere(member))
                .Select(member => member.Name).ToHashSet(StringComparer.Ordinal);
        }

        if (context.JsonTypeInfo.Type == typeof(object))
        {
            schema.Type = JsonSchemaType.Number | JsonSchemaType.String | JsonSchemaType.Null;
        }

        if ((Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type).IsEnum)
        {
            schema.Type = context.JsonTypeInfo.Type.IsEnum ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        }

        if (context.JsonPropertyInfo is { } property)
        {
            Narrow(schema, property);
        }

        schema.Description = schema.Description?.ReplaceLineEndings(" "); // a long comment has several lines
        return Task.CompletedTask;
    }

    private static void Narrow(OpenApiSchema schema, JsonPropertyInfo property)
    {
        if (!property.IsGetNullable || !IsAlwaysThere(property))
        {
            schema.Type &= ~JsonSchemaType.Null;
            schema.Enum = schema.Enum?.Where(value => value is not null && !value.IsJsonNullSentinel()).ToList();
        }

        if (schema.AdditionalProperties is OpenApiSchema value && HasNullableValues(property))
        {
            value.Type |= JsonSchemaType.Null;
        }

        if (Find<AtLeastAttribute>(property) is { } bound)
        {
            schema.Minimum = $"{bound.Least}";
        }
        else if (Find<AllowedValuesAttribute>(property) is { } allowed)
        {
            schema.Enum = [.. allowed.Values.Select(
                value => value is int number ? JsonValue.Create(number) : (JsonNode)JsonValue.Create($"{value}"))];
        }
        else if (schema.Type is { } type && type.HasFlag(JsonSchemaType.Integer))
        {
            schema.Minimum ??= "0";
        }
    }

    private static bool IsAlwaysThere(JsonPropertyInfo property) =>
        Find<JsonIgnoreAttribute>(property) is not { Condition: JsonIgnoreCondition.WhenWritingNull };

    private static bool HasNullableValues(JsonPropertyInfo property) => property.AttributeProvider is PropertyInfo member
        && new NullabilityInfoContext().Create(member).GenericTypeArguments is [.., { ReadState: NullabilityState.Nullable }];

    private static T? Find<T>(JsonPropertyInfo property) where T : Attribute =>
        (property.AttributeProvider as MemberInfo)?.GetCustomAttribute<T>();
}
