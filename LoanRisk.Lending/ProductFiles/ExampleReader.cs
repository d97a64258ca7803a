using System.Text.Json;
using LoanRisk.Lending.Applications;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.ProductFiles;

/// <summary>Reads the example applicants; they must pass the same check as everybody's application.</summary>
internal static class ExampleReader
{
    public static IReadOnlyList<ExampleApplicant> ReadAll(JsonPlace place, LoanProduct product)
    {
        var fields = place.Items().Select(item => item.Object(["label", "values"], [])).ToList();
        var examples = fields.Select(f => Read(f, product)).ToList();
        ProductReader.Unique([.. fields.Select(f => f["label"])], examples.Select(e => e.Label), "example");
        return examples;
    }

    /// <summary>A feature's own <c>example</c> must be a value it accepts.</summary>
    public static void CheckFeatures(JsonPlace features, LoanProduct product)
    {
        foreach (var (place, feature) in features.Items().Zip(product.Features))
        {
            if (feature.Example is { } example
                && FieldReader.Read(product, feature, FieldValue.OfText(example), InputStyle.Text).Problem is { } problem)
            {
                throw place.At("example").Wrong(problem.Message);
            }
        }
    }

    private static ExampleApplicant Read(JsonFields fields, LoanProduct product)
    {
        var place = fields["values"];
        place.Expect(JsonValueKind.Object, "an object");
        var values = new JsonFields(place, [], [.. product.FeatureNames]);
        var given = product.FeatureNames.Where(n => values.Find(n) is not null).ToDictionary(
            n => n, n => values[n].Text(), StringComparer.Ordinal);
        var check = LoanApplication.Check(
            product, given.ToDictionary(v => v.Key, v => FieldValue.OfText(v.Value), StringComparer.Ordinal), InputStyle.Text);
        return check.Problems.Count == 0
            ? new ExampleApplicant(fields["label"].Text(), given)
            : throw place.At(check.Problems[0].Field).Wrong(check.Problems[0].Message);
    }
}
