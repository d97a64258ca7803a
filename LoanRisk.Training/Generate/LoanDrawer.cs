using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;
using LoanRisk.Pipeline;

namespace LoanRisk.Training.Generate;

/// <summary>
/// Draws made-up loans with the distributions and rank correlations of a reference: a Gaussian copula, that is correlated normal numbers,
/// of which each becomes a share and that share a value. A missing value takes the lowest shares, as in the reference's ranks.
/// </summary>
public sealed class LoanDrawer
{
    private readonly LoanProduct _product;
    private readonly FeatureReference[] _references;
    private readonly Shift[][] _shifts;
    private readonly double[][] _factor;

    /// <summary>Prepares to draw.</summary>
    /// <exception cref="InvalidInputException">The reference is of other features.</exception>
    public LoanDrawer(LoanProduct product, TrainingReference reference, IReadOnlyList<Shift> shifts)
    {
        if (!reference.Features.Select(f => f.Name).SequenceEqual(product.FeatureNames))
        {
            throw new InvalidInputException("The features of reference.json are not those of the product.");
        }

        _product = product;
        _shifts = [.. product.Features.Select(f => shifts.Where(s => s.Feature.Name == f.Name).ToArray())];
        _references = [.. reference.Features.Select((r, f) => Shift.Apply(_shifts[f], Listed(r)))];
        _factor = CholeskyFactor.Of(reference.RankCorrelations);
    }

    /// <summary>The values of a loan in the data's spelling, in feature order; empty is missing.</summary>
    public string[] Draw(ref SeededRandom random)
    {
        var normals = new double[_factor.Length];
        for (var f = 0; f < normals.Length; f++)
        {
            normals[f] = NormalQuantile.Of((random.NextBelow(int.MaxValue) + 0.5) / int.MaxValue);
        }

        var values = new string[normals.Length];
        for (var f = 0; f < values.Length; f++)
        {
            var correlated = 0.0;
            for (var k = 0; k <= f; k++)
            {
                correlated += _factor[f][k] * normals[k];
            }

            values[f] = Value(f, NormalQuantile.ShareBelow(correlated));
        }

        return values;
    }

    // Levels the product does not list cannot be spelled; the others take their share.
    private static FeatureReference Listed(FeatureReference reference)
    {
        if (reference.Levels is not { } levels || levels.All(l => l.Value.Length > 0))
        {
            return reference;
        }

        var listed = levels.Where(l => l.Value.Length > 0).ToArray();
        return reference with { Levels = [.. listed.Select(l => l with { Share = l.Share / listed.Sum(x => x.Share) })] };
    }

    private string Value(int feature, double share)
    {
        var reference = _references[feature];
        if (share < reference.MissingShare)
        {
            return "";
        }

        var given = (share - reference.MissingShare) / (1 - reference.MissingShare);
        return reference.Levels is { } levels
            ? levels[Place(levels, l => l.Share, given)].Value
            : Spell(
                feature,
                reference.Values is { } values
                    ? values[Place(values, v => v.Share, given)].Value
                    : Quantile.OfPoints(reference.Quantiles!, given));
    }

    private string Spell(int feature, double number)
    {
        foreach (var shift in _shifts[feature])
        {
            number = (number * shift.Factor) + shift.Addend;
        }

        var rounded = Math.Round(number, _references[feature].Decimals ?? 0);
        var allowed = _product.Features[feature].Allowed!;
        return Math.Clamp(rounded, allowed.Min, allowed.Max).ToString("0.###############");
    }

    private static int Place<T>(IReadOnlyList<T> parts, Func<T, double> share, double at)
    {
        var (sum, last) = (0.0, 0);
        for (var i = 0; i < parts.Count; i++)
        {
            last = share(parts[i]) > 0 ? i : last;
            sum += share(parts[i]);
            if (at < sum)
            {
                return last;
            }
        }

        return last;
    }
}
