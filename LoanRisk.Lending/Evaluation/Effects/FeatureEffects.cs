using LoanRisk.Lending.Products;
using LoanRisk.Trees;

namespace LoanRisk.Lending.Evaluation.Effects;

/// <summary>
/// What each feature does to the raw score over many loans: SHAP values (S. Lundberg and others, 2020) summed up. Together the effects of a
/// loan and <see cref="BaseValue"/> are its raw score.
/// </summary>
/// <param name="Loans">Loans explained: all, or a sample drawn by the seed.</param>
/// <param name="BaseValue">Mean raw score of the training rows.</param>
/// <param name="Features">One a feature, the weightiest first.</param>
public sealed record FeatureEffects(int Loans, double BaseValue, IReadOnlyList<FeatureEffect> Features)
{
    /// <summary>Explains loans.</summary>
    /// <param name="model">The trees; one output.</param>
    /// <param name="product">The product they were grown for.</param>
    /// <param name="columns">One array a feature, as the feature row has them; NaN is missing.</param>
    /// <param name="sample">Which loans.</param>
    /// <param name="threads">Threads that explain.</param>
    /// <exception cref="ArgumentException">Model, product and columns do not fit, or there is no loan.</exception>
    public static FeatureEffects Of(
        TreeModel model, LoanProduct product, IReadOnlyList<double[]> columns, EffectSample sample, int threads = 1)
    {
        Check(model, product, columns);
        var rows = RowSample.Of(columns[0].Length, sample.MostLoans, sample.Seed);
        var values = new double[rows.Length * columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = columns[i % columns.Count][rows[i / columns.Count]];
        }

        var width = columns.Count + 1;
        var contributions = new double[rows.Length * width];
        model.ContributionsBatch(values, contributions, threads);
        var effects = product.Features.Select((f, place) => FeatureEffect.Of(
            f,
            Each(rows.Length, i => values[(i * columns.Count) + place]),
            Each(rows.Length, i => contributions[(i * width) + place]))).ToArray();
        var all = effects.Sum(e => e.MeanAbsolute);
        return new FeatureEffects(
            rows.Length,
            contributions[width - 1],
            [.. effects.Select(e => e with { Share = all > 0 ? e.MeanAbsolute / all : 0 }).OrderByDescending(e => e.MeanAbsolute)]);
    }

    private static double[] Each(int count, Func<int, double> number)
    {
        var numbers = new double[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = number(i);
        }

        return numbers;
    }

    private static void Check(TreeModel model, LoanProduct product, IReadOnlyList<double[]> columns)
    {
        if (model.OutputCount != 1)
        {
            throw new ArgumentException($"The model has {model.OutputCount} outputs; effects are of one.", nameof(model));
        }

        if (!model.FeatureNames.SequenceEqual(product.FeatureNames) || columns.Count != product.Features.Count)
        {
            throw new ArgumentException(
                $"The model has {model.FeatureCount} features, {product.Id} has {product.Features.Count}, "
                    + $"and there are {columns.Count} columns.",
                nameof(columns));
        }

        if (columns[0].Length == 0 || columns.Any(c => c.Length != columns[0].Length))
        {
            throw new ArgumentException("The columns must have the same number of rows, at least one.", nameof(columns));
        }
    }
}
