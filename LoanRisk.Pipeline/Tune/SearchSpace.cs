using System.Globalization;

namespace LoanRisk.Pipeline.Tune;

/// <summary>One parameter of the search and the range it is searched in.</summary>
/// <param name="Name">LightGBM's name.</param>
/// <param name="Low">Lowest value.</param>
/// <param name="High">Highest value.</param>
/// <param name="Logarithmic">Searched by its order of magnitude.</param>
/// <param name="Integer">Whole numbers only.</param>
public sealed record Dimension(string Name, double Low, double High, bool Logarithmic, bool Integer)
{
    /// <summary>The value at a place from 0 to 1, as the trainer takes it: four significant digits.</summary>
    public string At(double place)
    {
        var value = Logarithmic ? Low * Math.Pow(High / Low, place) : Low + (place * (High - Low));
        return Integer ? Math.Round(value).ToString(CultureInfo.InvariantCulture) : value.ToString("G4", CultureInfo.InvariantCulture);
    }

    /// <summary>The place of a value, 0 to 1; a value outside the range counts as its end.</summary>
    public double PlaceOf(string text)
    {
        var value = Math.Clamp(double.Parse(text, CultureInfo.InvariantCulture), Low, High);
        return Logarithmic ? Math.Log(value / Low) / Math.Log(High / Low) : (value - Low) / (High - Low);
    }
}

/// <summary>What the trade tunes in gradient-boosted trees; the number of trees is found by early stopping.</summary>
/// <param name="Dimensions">Small leaves and strong penalties have room: risk data has few bad loans.</param>
public sealed record SearchSpace(IReadOnlyList<Dimension> Dimensions)
{
    private const int LargestLeaf = 1_000;

    private const int SmallestLeaf = 5;

    // A tree whose leaves need more than every twentieth row hardly splits: in a small table most of the range would be wasted trials.
    private const int RowsForALeafsRow = 20;

    /// <summary>The space for a table of so many rows.</summary>
    public static SearchSpace For(int rows) => new(
    [
        new("learning_rate", 0.01, 0.15, Logarithmic: true, Integer: false),
        new("num_leaves", 3, 63, Logarithmic: true, Integer: true),
        new(
            "min_data_in_leaf",
            SmallestLeaf,
            Math.Clamp(rows / RowsForALeafsRow, 2 * SmallestLeaf, LargestLeaf),
            Logarithmic: true,
            Integer: true),
        new("feature_fraction", 0.3, 1, Logarithmic: false, Integer: false),
        new("bagging_fraction", 0.5, 1, Logarithmic: false, Integer: false),
        new("lambda_l1", 0.001, 10, Logarithmic: true, Integer: false),
        new("lambda_l2", 0.01, 100, Logarithmic: true, Integer: false),
    ]);

    /// <summary>The parameters at a point of the unit cube.</summary>
    public IReadOnlyDictionary<string, string> At(IReadOnlyList<double> point)
    {
        var parameters = Dimensions.Zip(point).ToDictionary(p => p.First.Name, p => p.First.At(p.Second), StringComparer.Ordinal);
        parameters["bagging_freq"] = "1";
        return parameters;
    }

    /// <summary>The point of parameters that this space made.</summary>
    public double[] PlaceOf(IReadOnlyDictionary<string, string> parameters) => [.. Dimensions.Select(d => d.PlaceOf(parameters[d.Name]))];
}
