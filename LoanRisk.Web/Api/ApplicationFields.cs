using System.Text.Json;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;
using LoanRisk.Web.Decisions;
using LoanRisk.Web.Problems;
using Microsoft.AspNetCore.WebUtilities;

namespace LoanRisk.Web.Api;

/// <summary>
/// The fields of an application as they were sent, in their order and with those that stand twice; or why they cannot be read.
/// </summary>
/// <param name="Fields">The fields; empty when there is a problem.</param>
/// <param name="Problem">What is wrong with the whole, or with the reference.</param>
internal sealed record ApplicationFields(IReadOnlyList<KeyValuePair<string, FieldValue>> Fields, FieldProblem? Problem)
{
    /// <summary>The query parameter that asks for the contributions; never a field.</summary>
    public const string Explain = "explain";

    /// <summary>The number that the caller has for the application; a field only of a product that has one of that name.</summary>
    public const string ReferenceName = "reference";

    /// <summary>The number that the caller has for the application, or null.</summary>
    public string? Reference { get; private init; }

    /// <summary>The same as an answer; null when the fields can be read.</summary>
    public ApiProblem? Refusal => Problem switch
    {
        null => null,
        { Field.Length: > 0 } => ApiProblem.OfFields([Problem]),
        _ => ApiProblem.Malformed(Problem.Message),
    };

    /// <summary>The fields of a JSON object.</summary>
    public static ApplicationFields OfJson(JsonElement application, LoanProduct product)
    {
        if (application.ValueKind != JsonValueKind.Object)
        {
            return Wrong($"An application is a JSON object with one member a field; this is {Describe(application.ValueKind)}.");
        }

        try
        {
            return Of(
                [.. application.EnumerateObject().Select(field => KeyValuePair.Create(field.Name, FieldValue.OfJson(field.Value)))],
                product);
        }
        catch (InvalidOperationException)
        {
            return Wrong(JsonBody.HalfSurrogate);
        }
    }

    /// <summary>The parameters of a query string, in the data's own spelling; an empty one is a missing value.</summary>
    public static ApplicationFields OfQuery(QueryString query, LoanProduct product)
    {
        var fields = new List<KeyValuePair<string, FieldValue>>();
        foreach (var parameter in new QueryStringEnumerable(query.Value))
        {
            var name = parameter.DecodeName().ToString();
            var text = parameter.DecodeValue().ToString();
            if (name != Explain && (name != ReferenceName || text.Length > 0))
            {
                fields.Add(KeyValuePair.Create(name, FieldValue.OfText(text)));
            }
        }

        return Of(fields, product);
    }

    /// <summary>False for a product that has a field of its own of that name.</summary>
    public static bool TakesReference(LoanProduct product) =>
        product.Find(ReferenceName) is null && product.Lookup?.Column != ReferenceName;

    // Fields that were sent are looked at by their own rules, so one that is no reference is left among them.
    private static ApplicationFields Of(List<KeyValuePair<string, FieldValue>> fields, LoanProduct product)
    {
        if (!TakesReference(product) || fields.Count(field => field.Key == ReferenceName) != 1)
        {
            return new(fields, null);
        }

        var sent = fields.Single(field => field.Key == ReferenceName).Value;
        var text = sent.Kind == FieldValueKind.Other ? "" : sent.Text;
        return CallerReference.WhyNot(text) is { } wrong
            ? new([], new FieldProblem(ReferenceName, FieldProblemKind.WrongType, wrong))
            : new([.. fields.Where(field => field.Key != ReferenceName)], null) { Reference = text };
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
