using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;

namespace LoanRisk.Lending.Recourse;

/// <summary>
/// Where values of an ordered feature stand among those of training: the share of rows below plus half of those that are equal, straight
/// between two known values.
/// </summary>
internal sealed class FeaturePositions
{
    private readonly double[] _values;
    private readonly double[] _positions;

    private FeaturePositions(double[] values, double[] positions) => (_values, _positions) = (values, positions);

    /// <summary>Distance between the lowest and the highest known value.</summary>
    public double Range => _values[^1] - _values[0];

    /// <summary>The values between which nine tenths of training lie; the whole range where that is one value.</summary>
    public double Spread => ValueAt(0.95) - ValueAt(0.05) is > 0 and var spread ? spread : Range;

    /// <summary>The positions of a feature; by its range or its levels alone where no reference describes it.</summary>
    public static FeaturePositions Of(Feature feature, FeatureReference? reference) => reference switch
    {
        { Quantiles: { Count: > 1 } points } => OfQuantiles([.. points.Select(p => (p.Value, p.Share))]),
        { Values: { Count: > 1 } values } => OfShares([.. values.Select(v => (v.Value, v.Share))]),
        { Levels: { } levels } when feature.HasLevels => OfShares(
            [.. feature.Levels.Select((level, code) => ((double)code, levels.FirstOrDefault(l => l.Value == level.Value)?.Share ?? 0))]),
        _ when feature.HasLevels => OfShares([.. feature.Levels.Select((_, code) => ((double)code, 1.0 / feature.Levels.Count))]),
        _ => new([feature.Seen!.Min, feature.Seen.Max], [0, 1]),
    };

    /// <summary>The position of a value, 0 to 1.</summary>
    public double Of(double value)
    {
        var place = Array.BinarySearch(_values, value);
        if (place >= 0)
        {
            return _positions[place];
        }

        var above = ~place;
        return above == 0 ? _positions[0] : above == _values.Length ? _positions[^1] : Between(above, value);
    }

    private double Between(int above, double value) =>
        _positions[above - 1] + ((value - _values[above - 1]) / (_values[above] - _values[above - 1])
            * (_positions[above] - _positions[above - 1]));

    private double ValueAt(double position)
    {
        var place = Array.FindIndex(_positions, known => known >= position);
        return _values[place < 0 ? ^1 : place];
    }

    // A value at several shares is one that many rows have.
    private static FeaturePositions OfQuantiles((double Value, double Share)[] points)
    {
        var values = points.GroupBy(point => point.Value)
            .Select(same => (Value: same.Key, Position: (same.First().Share + same.Last().Share) / 2)).ToArray();
        return new([.. values.Select(v => v.Value)], [.. values.Select(v => v.Position)]);
    }

    private static FeaturePositions OfShares((double Value, double Share)[] shares)
    {
        var below = 0.0;
        var positions = new double[shares.Length];
        for (var i = 0; i < shares.Length; i++)
        {
            positions[i] = below + (shares[i].Share / 2);
            below += shares[i].Share;
        }

        return new([.. shares.Select(s => s.Value)], positions);
    }
}
