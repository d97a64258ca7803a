using LoanRisk.Lending.Products;
using LoanRisk.Lending.Statistics;

namespace LoanRisk.Lending.Reference;

/// <summary>Describes the loans a model was trained with.</summary>
public static class ReferenceBuilder
{
    // Half percents, and finer at the ends: the highest half percent of incomes spans two powers of ten.
    private static readonly double[] QuantileShares =
        [0, 0.0001, 0.0005, 0.001, 0.0025, .. Enumerable.Range(1, 199).Select(i => i / 200.0), 0.9975, 0.999, 0.9995, 0.9999, 1];

    private const int FewValues = 50;
    private const int MostDecimals = 6;

    /// <summary>Makes the reference.</summary>
    /// <param name="product">The product.</param>
    /// <param name="columns">One array a feature, as the feature row has them; NaN is missing.</param>
    /// <param name="bad">The outcomes.</param>
    /// <param name="probabilities">Calibrated probabilities of loans the trees never saw.</param>
    public static TrainingReference Of(LoanProduct product, IReadOnlyList<double[]> columns, bool[] bad, double[] probabilities)
    {
        var features = product.Features.Select((f, i) => Feature(f, columns[i], bad)).ToArray();
        return new TrainingReference
        {
            Product = product.Id,
            Rows = bad.Length,
            BadRate = (double)bad.Count(b => b) / bad.Length,
            Features = features,
            RankCorrelations = Correlations([.. columns.Select((c, i) => NormalScores(Ranked(product.Features[i], features[i], c)))]),
            ProbabilityQuantiles = Quantiles([.. probabilities.Order()]),
        };
    }

    private static FeatureReference Feature(Feature feature, double[] column, bool[] bad)
    {
        var given = column.Where(v => !double.IsNaN(v)).Order().ToArray();
        var missing = 1 - ((double)given.Length / column.Length);
        if (feature.HasLevels)
        {
            return new FeatureReference { Name = feature.Name, MissingShare = missing, Levels = Levels(feature, column, bad) };
        }

        var mean = given.Length == 0 ? 0 : given.Average();
        var number = new FeatureReference
        {
            Name = feature.Name,
            MissingShare = missing,
            Mean = mean,
            StandardDeviation = given.Length == 0 ? 0 : Math.Sqrt(given.Average(v => (v - mean) * (v - mean))),
            Decimals = feature.Integer ? 0 : Decimals(given),
        };
        var shares = given.CountBy(v => v).ToArray();
        return shares.Length is > 0 and <= FewValues
            ? number with { Values = [.. shares.Select(s => new ValueShare(s.Key, (double)s.Value / given.Length))] }
            : number with { Quantiles = Quantiles(given.Length == 0 ? [0] : given) };
    }

    private static List<LevelShare> Levels(Feature feature, double[] column, bool[] bad)
    {
        var (loans, badLoans) = (new int[feature.Levels.Count + 1], new int[feature.Levels.Count + 1]);
        for (var i = 0; i < column.Length; i++)
        {
            if (!double.IsNaN(column[i]))
            {
                var code = Math.Min((int)column[i], feature.Levels.Count);
                loans[code]++;
                badLoans[code] += bad[i] ? 1 : 0;
            }
        }

        var all = Math.Max(1, loans.Sum());
        var shares = Enumerable.Range(0, loans.Length)
            .Where(c => c < feature.Levels.Count || loans[c] > 0)
            .Select(c => new LevelShare(
                c < feature.Levels.Count ? feature.Levels[c].Value
                    : "", (double)loans[c] / all, loans[c] == 0 ? null
                    : (double)badLoans[c] / loans[c]));
        return [.. feature.Kind == FeatureKind.Nominal ? shares.OrderBy(s => s.BadRate ?? 0) : shares];
    }

    // The fewest places that nearly every number keeps: a sum like 0.40399999999999997 among thousandths is noise.
    private static int Decimals(double[] given) =>
        Enumerable.Range(0, MostDecimals)
            .Cast<int?>()
            .FirstOrDefault(d => given.Count(v => Math.Abs(v - Math.Round(v, d!.Value)) < 1e-9) >= 0.99 * given.Length)
            ?? MostDecimals;

    // A point between two equal ones says nothing.
    private static QuantilePoint[] Quantiles(double[] sorted)
    {
        var points = Array.ConvertAll(QuantileShares, share => new QuantilePoint(share, Quantile.OfSorted(sorted, share)));
        return
        [
            .. points.Where((p, i) => i == 0 || i == points.Length - 1 || points[i - 1].Value != p.Value || points[i + 1].Value != p.Value),
        ];
    }

    // Numbers rank as they are, levels by their place in the reference; NaN stays and ranks lowest.
    private static double[] Ranked(Feature feature, FeatureReference reference, double[] column)
    {
        if (reference.Levels is not { } levels)
        {
            return column;
        }

        var places = levels.Select((l, place) => (l.Value, place)).ToDictionary(l => l.Value, l => (double)l.place);
        var codes = Enumerable.Range(0, feature.Levels.Count + 1)
            .Select(c => places.GetValueOrDefault(c < feature.Levels.Count ? feature.Levels[c].Value : "", levels.Count)).ToArray();
        return Array.ConvertAll(column, v => double.IsNaN(v) ? v : codes[Math.Min((int)v, codes.Length - 1)]);
    }

    private static double[] NormalScores(double[] values)
    {
        var keys = Array.ConvertAll(values, v => double.IsNaN(v) ? double.NegativeInfinity : v);
        var order = Enumerable.Range(0, keys.Length).ToArray();
        Array.Sort(keys, order);
        var scores = new double[keys.Length];
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            var score = NormalQuantile.Of((start + end) / 2.0 / keys.Length);
            for (; start < end; start++)
            {
                scores[order[start]] = score;
            }
        }

        return scores;
    }

    private static double[][] Correlations(double[][] scores)
    {
        var centred = scores.Select(s => (Values: s, Mean: s.Average())).Select(s => Array.ConvertAll(s.Values, v => v - s.Mean)).ToArray();
        var lengths = centred.Select(s => Math.Sqrt(s.Sum(v => v * v))).ToArray();
        return [.. centred.Select((a, i) => centred.Select((b, j) => Correlation(i, j)).ToArray())];

        double Correlation(int i, int j)
        {
            if (i == j || lengths[i] * lengths[j] == 0)
            {
                return i == j ? 1 : 0;
            }

            var sum = 0.0;
            for (var row = 0; row < centred[i].Length; row++)
            {
                sum += centred[i][row] * centred[j][row];
            }

            return Math.Clamp(sum / (lengths[i] * lengths[j]), -1, 1);
        }
    }
}
