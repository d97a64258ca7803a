using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Profile;

/// <summary>A column as numbers: values of a feature, numbers of a file, or codes of the texts of a file.</summary>
/// <param name="Name">Its heading.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Kind">What the numbers are.</param>
/// <param name="Values">One a row; NaN is missing.</param>
/// <param name="Levels">What a code stands for; empty for numbers.</param>
/// <param name="Feature">The feature, or null.</param>
internal sealed record ProfiledColumn(
    string Name, string Label, FeatureKind Kind, double[] Values, IReadOnlyList<Level> Levels, Feature? Feature)
{
    /// <summary>More or less means something.</summary>
    public bool IsOrdered => Kind != FeatureKind.Nominal;

    public static ProfiledColumn Of(Feature feature, double[] values) =>
        new(feature.Name, feature.Label, feature.Kind, values, feature.Levels, feature);

    public static ProfiledColumn Of(FileColumn column)
    {
        var numbers = new double[column.Cells.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (string.IsNullOrEmpty(column.Cells[i]))
            {
                numbers[i] = double.NaN;
            }
            else if (!DecimalNotation.TryParse(column.Cells[i]!, out numbers[i]) || !double.IsFinite(numbers[i]))
            {
                return OfTexts(column);
            }
        }

        return new ProfiledColumn(column.Name, column.Name, FeatureKind.Numeric, numbers, [], null);
    }

    private static ProfiledColumn OfTexts(FileColumn column)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var values = new double[column.Cells.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = double.NaN;
            if (column.Cells[i] is { Length: > 0 } text)
            {
                codes.TryAdd(text, codes.Count);
                values[i] = codes[text];
            }
        }

        return new ProfiledColumn(
            column.Name, column.Name, FeatureKind.Nominal, values, [.. codes.Keys.Select(k => new Level(k, k))], null);
    }
}
