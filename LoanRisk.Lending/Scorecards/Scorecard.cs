using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Scorecards;

/// <summary>
/// A points scorecard: each feature is cut into bins, each bin has points, and the sum is the score (N. Siddiqi, "Credit Risk Scorecards").
/// Behind it stands a logistic regression on weights of evidence.
/// </summary>
/// <param name="Scale">How log-odds become points.</param>
/// <param name="Intercept">Log-odds of a bad loan where every weight of evidence is 0.</param>
/// <param name="BasePoints">Points every applicant starts with.</param>
/// <param name="Features">The features that count, in the order of the feature row.</param>
/// <param name="LeftOut">Features that do not count, and why.</param>
/// <param name="Directions">+1, -1 or 0 for each feature of the row: what the bins were held to.</param>
/// <param name="Rows">Loans it was made from.</param>
public sealed record Scorecard(
    PointScale Scale,
    double Intercept,
    double BasePoints,
    IReadOnlyList<ScorecardFeature> Features,
    IReadOnlyList<LeftOutFeature> LeftOut,
    IReadOnlyList<int> Directions,
    int Rows)
{
    /// <summary>Makes a scorecard from training rows.</summary>
    /// <param name="product">The product.</param>
    /// <param name="columns">One array a feature, as the feature row has them; NaN is missing.</param>
    /// <param name="bad">The outcomes; both occur.</param>
    /// <param name="options">How; null for the ordinary way.</param>
    /// <param name="cancellationToken">Stops between features and fits.</param>
    /// <exception cref="ArgumentException">
    /// Columns and product do not fit, one of the outcomes is missing, or the scale is none.
    /// </exception>
    public static Scorecard Of(
        LoanProduct product, IReadOnlyList<double[]> columns, bool[] bad, ScorecardOptions? options =
            null, CancellationToken cancellationToken = default) =>
        new ScorecardFit(product, columns, bad, options ?? new ScorecardOptions(), cancellationToken).Run();

    /// <summary>Log-odds of a bad loan.</summary>
    /// <param name="row">A feature row of the product.</param>
    public double RawScore(ReadOnlySpan<double> row)
    {
        var sum = Intercept;
        foreach (var feature in Features)
        {
            sum += feature.Coefficient * feature.Attributes[feature.Binning.PlaceOf(row[feature.Place])].Woe;
        }

        return sum;
    }

    /// <summary>The points of a row: base points and those of its attributes.</summary>
    /// <param name="row">A feature row of the product.</param>
    public double Points(ReadOnlySpan<double> row)
    {
        var sum = BasePoints;
        foreach (var feature in Features)
        {
            sum += feature.Attributes[feature.Binning.PlaceOf(row[feature.Place])].Points;
        }

        return sum;
    }

    /// <summary>The same as trees, so that it is served, explained and exported like every other model.</summary>
    /// <param name="product">The product it was made for.</param>
    public TreeModel ToTrees(LoanProduct product) => ScorecardTrees.Of(this, product);
}

/// <summary>A feature of a scorecard.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Label">What a person reads.</param>
/// <param name="Place">Its place in the feature row.</param>
/// <param name="Coefficient">Of its weight of evidence in the regression; never above 0, for a safer bin must not raise the risk.</param>
/// <param name="InformationValue">How much its bins tell.</param>
/// <param name="Binning">Its bins.</param>
/// <param name="Attributes">The rows of the points table, one a bin.</param>
public sealed record ScorecardFeature(
    string Name,
    string Label,
    int Place,
    double Coefficient,
    double InformationValue,
    WoeBinning Binning,
    IReadOnlyList<ScorecardAttribute> Attributes);

/// <summary>A row of the points table.</summary>
/// <param name="Text">The bin in words.</param>
/// <param name="Loans">Training loans in it.</param>
/// <param name="Share">Their share of all.</param>
/// <param name="BadRate">The share of them that turned bad; null without any.</param>
/// <param name="Woe">Weight of evidence.</param>
/// <param name="Points">Exact points.</param>
/// <param name="WholePoints">Points as they are printed.</param>
public sealed record ScorecardAttribute(string Text, int Loans, double Share, double? BadRate, double Woe, double Points, int WholePoints);

/// <summary>A feature that does not count.</summary>
/// <param name="Name">The feature.</param>
/// <param name="Reason">Why not.</param>
public sealed record LeftOutFeature(string Name, string Reason);
