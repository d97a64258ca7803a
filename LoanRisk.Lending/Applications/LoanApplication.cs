using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Applications;

/// <summary>A checked application: one value a feature of the product, in feature order.</summary>
public sealed partial class LoanApplication
{
    /// <summary>The product it was checked against.</summary>
    public required LoanProduct Product { get; init; }

    /// <summary>
    /// The feature row the trees read, one a feature: the number, the rank of an ordinal level, the code of a nominal one
    /// (its place in the product file; an unseen level gets a code beyond), NaN when missing.
    /// </summary>
    public required IReadOnlyList<double> Row { get; init; }

    /// <summary>
    /// The values in the data's own spelling, one a feature; null when missing. Numbers have the shortest digits that give the
    /// same number back, levels the spelling of the product file; a level that is not listed stands as it was given.
    /// </summary>
    public required IReadOnlyList<string?> Values { get; init; }

    /// <summary>What is unusual about the values.</summary>
    public required IReadOnlyList<Warning> Warnings { get; init; }

    /// <summary>
    /// Places of the features whose value is unlike all that training has seen, in feature order: a number outside its range, a level that
    /// is not listed.
    /// </summary>
    public required IReadOnlyList<int> Unseen { get; init; }

    /// <summary>
    /// Checks the values of an application; this is the only place that does. The same facts give the same row, values and
    /// warnings whatever the style; only the problems are worded for who reads them.
    /// </summary>
    /// <param name="product">The product applied for.</param>
    /// <param name="values">Values by field name; a field left out is a missing value.</param>
    /// <param name="style">How the values were written.</param>
    public static ApplicationCheck Check(LoanProduct product, IReadOnlyDictionary<string, FieldValue> values, InputStyle style)
    {
        var readings = product.Features.Select(f => FieldReader.Read(product, f, values.GetValueOrDefault(f.Name), style)).ToArray();
        List<FieldProblem> problems = [.. readings.Select(r => r.Problem).OfType<FieldProblem>(), .. UnknownFields(product, values.Keys)];
        return problems.Count > 0 ? new(null, problems) : new(Of(product, readings), []);
    }

    /// <summary>The same for fields as they came, in which one may stand twice; such a field is a problem.</summary>
    public static ApplicationCheck Check(LoanProduct product, IReadOnlyList<KeyValuePair<string, FieldValue>> fields, InputStyle style)
    {
        var groups = fields.GroupBy(f => f.Key, StringComparer.Ordinal).ToList();
        var check = Check(product, groups.ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal), style);
        var duplicates = groups.Where(g => g.Skip(1).Any()).Select(g => Duplicate(product, g.Key, g.Count())).ToList();
        return duplicates.Count == 0 ? check : new(null, [.. duplicates, .. check.Problems]);
    }

    private static FieldProblem Duplicate(LoanProduct product, string name, int times) => new(
        name,
        FieldProblemKind.Duplicate,
        $"\"{product.Find(name)?.Name ?? NearestName.Shorten(name)}\" is given {times} times; give it once.");

    private static LoanApplication Of(LoanProduct product, FieldReading[] readings) => new()
    {
        Product = product,
        Row = Array.ConvertAll(readings, r => r.Number),
        Values = Array.ConvertAll(readings, r => r.Value),
        Warnings = [.. readings.Select(r => r.Warning).OfType<Warning>()],
        Unseen = [.. readings.Index().Where(r => r.Item.IsUnseen).Select(r => r.Index)],
    };

    private static IEnumerable<FieldProblem> UnknownFields(LoanProduct product, IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (product.Find(name) is null)
            {
                var known = product.FeatureNames;
                var hint = NearestName.Find(name, known) is { } near
                    ? $"did you mean \"{near}\"?"
                    : $"its fields are {string.Join(", ", known)}.";
                yield return new(
                    name, FieldProblemKind.UnknownField, $"{product.Name} has no field \"{NearestName.Shorten(name)}\"; {hint}");
            }
        }
    }
}

/// <summary>What a check found: an application, or problems.</summary>
/// <param name="Application">The application, when there are no problems.</param>
/// <param name="Problems">What is wrong, in field order; unknown fields last.</param>
public sealed record ApplicationCheck(LoanApplication? Application, IReadOnlyList<FieldProblem> Problems);
