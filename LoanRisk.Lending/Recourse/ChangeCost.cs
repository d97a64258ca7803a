using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Lending.Recourse;

/// <summary>
/// How large a change is: for each field that changes a tenth, and how far its value moves among the values of training, as the share of
/// rows between the old and the new one (the percentile shift of Ustun, Spangher and Liu, "Actionable recourse in linear classification",
/// FAT* 2019). A level without an order moves as far as is possible (Gower, "A general coefficient of similarity", 1971). Where no row of
/// training lies between two values, the nearer one still costs less: a hundredth of the share of the range counts too.
/// </summary>
public sealed class ChangeCost
{
    /// <summary>What it costs to change one more field: moving another by a tenth of all rows.</summary>
    public const double OfField = 0.1;

    private const double OfRange = 0.01;

    private const double OfOtherLevel = 1;

    private readonly FeaturePositions?[] _positions;

    /// <param name="product">The product.</param>
    /// <param name="reference">How the rows of training were distributed; null where that is not known, and ranges stand in.</param>
    public ChangeCost(LoanProduct product, TrainingReference? reference) =>
        _positions = [.. product.Features.Select((feature, i) => PositionsOf(feature, reference?.Features[i]))];

    /// <summary>What it costs to change one field.</summary>
    /// <param name="feature">Its place.</param>
    /// <param name="from">The value now, as the feature row has it.</param>
    /// <param name="to">The new value; the same costs nothing.</param>
    public double Of(int feature, double from, double to)
    {
        if (from.Equals(to))
        {
            return 0;
        }

        return OfField + (_positions[feature] is not { } positions
            ? OfOtherLevel
            : Math.Abs(positions.Of(to) - positions.Of(from))
                + (positions.Range > 0 ? OfRange * Math.Abs(to - from) / positions.Range : 0));
    }

    /// <summary>The positions of an ordered feature's values; null for levels without an order.</summary>
    internal FeaturePositions? Positions(int feature) => _positions[feature];

    private static FeaturePositions? PositionsOf(Feature feature, FeatureReference? reference) =>
        feature.Kind == FeatureKind.Nominal ? null : FeaturePositions.Of(feature, reference);
}
