namespace LoanRisk.Lending.Recourse;

/// <summary>The values that a search may give one field, the cheapest first.</summary>
/// <param name="Feature">The field's place.</param>
/// <param name="Values">The values, as the feature row has them.</param>
/// <param name="Costs">What each costs; the value that is there now costs nothing.</param>
internal sealed record FieldChoices(int Feature, double[] Values, double[] Costs)
{
    /// <summary>Sorts values by what they cost; of equals the lower first.</summary>
    public static FieldChoices Of(int feature, double from, IEnumerable<double> values, ChangeCost cost)
    {
        var priced = values.Distinct().Select(value => (Value: value, Cost: cost.Of(feature, from, value)))
            .OrderBy(choice => choice.Cost).ThenBy(choice => choice.Value).ToArray();
        return new(feature, [.. priced.Select(choice => choice.Value)], [.. priced.Select(choice => choice.Cost)]);
    }
}
