using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Lending.Recourse;

/// <summary>
/// The values of one field that its applicant could bring about: within what training has seen, the way that the product allows and that
/// does not raise the risk by its monotone direction, on the grid of a person's steps. What is missing stays missing, for nobody knows from
/// where it would move.
/// </summary>
internal sealed class ReachableValues
{
    private readonly Feature _feature;
    private readonly FeatureReference? _reference;
    private readonly ValueGrid? _grid;

    public ReachableValues(Feature feature, FeaturePositions? positions, FeatureReference? reference)
    {
        (_feature, _reference) = (feature, reference);
        _grid = feature.HasLevels ? null : ValueGrid.Of(feature, positions!, reference);
    }

    private bool Rises => _feature is { Change.Direction: not ChangeDirection.Decrease, Monotone: <= 0 };

    private bool Falls => _feature is { Change.Direction: not ChangeDirection.Increase, Monotone: >= 0 };

    /// <summary>
    /// The other values, one for each stretch between two cuts: the one nearest to the value that is there.
    /// </summary>
    /// <param name="from">The value now; NaN is missing.</param>
    /// <param name="cuts">Where model and rules tell numbers apart, rising; a number that equals a cut lies below it.</param>
    public IEnumerable<double> From(double from, IReadOnlyList<double> cuts) =>
        double.IsNaN(from) ? [] : _feature.HasLevels ? Levels(from) : Numbers(from, [.. cuts, .. EndsOfSeen()]);

    private IEnumerable<double> Levels(double from) => Enumerable.Range(0, _feature.Levels.Count)
        .Where(code => code != from && IsThisWay(code - from) && WasSeen(code)).Select(code => (double)code);

    private bool IsThisWay(double move) => _feature.Kind == FeatureKind.Nominal || (move > 0 ? Rises : Falls);

    private bool WasSeen(int code) =>
        _reference?.Levels is not { } levels || levels.Any(level => level.Value == _feature.Levels[code].Value && level.Share > 0);

    // A number outside of training may come in, and one inside never leaves.
    private double[] EndsOfSeen() => [Math.BitDecrement(_feature.Seen!.Min), _feature.Seen.Max];

    private IEnumerable<double> Numbers(double from, double[] cuts) => cuts.Where(cut => cut >= from ? Rises : Falls)
        .Select(cut => cut >= from ? _grid!.Above(cut) : _grid!.NotAbove(cut))
        .Where(value => _feature.Seen!.Contains(value) && Math.Abs(value - from) <= (_feature.Change?.Most ?? double.PositiveInfinity));
}
