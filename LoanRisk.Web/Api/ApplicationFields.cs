using System.Text.Json;
using LoanRisk.Lending.Applications;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRisk.Web.Api;

/// <summary>
/// The fields of an application as they were sent, in their order and with those that stand twice; or why they cannot be read.
/// </summary>
/// <param name="Fields">The fields; empty when there is a problem.</param>
/// <param name="Problem">What is wrong with the whole.</param>
internal sealed record ApplicationFields(IReadOnlyList<KeyValuePair<string, FieldValue>> Fields, FieldProblem? Problem)
{
    /// <summary>The query parameter that asks for the contributions; never a field.</summary>
    public const string Explain = "explain";

    /// <summary>The fields of a JSON object.</summary>
    public static ApplicationFields OfJson(JsonElement application)
    {
        if (application.ValueKind != JsonValueKind.Object)
        {
            return Wrong($"An application is a JSON object with one member a field; this is {Describe(application.ValueKind)}.");
        }

        try
        {
            return new(
                [.. application.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, FieldValue.OfJson(field.Value)))],
                null);
        }
        catch (InvalidOperationException)
        {
            return Wrong(JsonBody.HalfSurrogate);
        }
    }

    /// <summary>The parameters of a query string, in the data's own spelling; an empty one is a missing value.</summary>
    public static ApplicationFields OfQuery(QueryString query)
    {
        var fields = new List<KeyValuePair<string, FieldValue>>();
        foreach (var parameter in new QueryStringEnumerable(query.Value))
        {
            var name = parameter.DecodeName().ToString();
            if (name != Explain)
            {
                fields.Add(KeyValuePair.Create(name, FieldValue.OfText(parameter.DecodeValue().ToString())));
            }
        }

        return new(fields, null);
    }

    private static ApplicationFields Wrong(string message) => new([], new FieldProblem("", FieldProblemKind.WrongType, message));

    private static string Describe(JsonValueKind kind) => kind switch
    {
        JsonValueKind.Array => "an array; the batch address takes one",
        JsonValueKind.String => "a text",
        JsonValueKind.Number => "a number",
        JsonValueKind.Null => "null",
        _ => "true or false",
    };
}
