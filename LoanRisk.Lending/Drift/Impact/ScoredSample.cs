using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Products;

namespace LoanRisk.Lending.Drift.Impact;

/// <summary>What a model makes of the rows of a sample.</summary>
public sealed record ScoredSample
{
    private static readonly Outcome[] AllOutcomes = Enum.GetValues<Outcome>();

    /// <summary>Rows that were scored and explained.</summary>
    public required int Rows { get; init; }

    /// <summary>Mean raw score, in log-odds.</summary>
    public required double MeanScore { get; init; }

    /// <summary>Mean contribution of each feature; with the model's base value they add up to the mean raw score.</summary>
    public required IReadOnlyList<double> MeanContributions { get; init; }

    /// <summary>Share of each outcome under the product's policy, in the order of the outcomes.</summary>
    public required IReadOnlyList<double> OutcomeShares { get; init; }

    /// <summary>The raw scores, as a sample.</summary>
    public required FeatureSample Scores { get; init; }

    /// <summary>The calibrated probabilities, as a sample.</summary>
    public required FeatureSample Probabilities { get; init; }

    /// <summary>Scores and explains rows.</summary>
    /// <param name="engine">Whose model and policy.</param>
    /// <param name="rows">The rows, at least one; a level that is not listed has a code beyond the others, with or without a rank.</param>
    /// <param name="threads">Threads that explain.</param>
    public static ScoredSample Of(DecisionEngine engine, RowReservoir rows, int threads = 1)
    {
        var width = engine.Product.Features.Count;
        var parts = new double[rows.Count * (width + 1)];
        var scored = AsTreesRead(engine.Product, rows.Rows);
        engine.Package.Trees.ContributionsBatch(scored, parts, threads);
        var (scores, probabilities, outcomes) = (new double[rows.Count], new double[rows.Count], new int[AllOutcomes.Length]);
        var sums = new double[width];
        var decided = Decided(engine, rows, scored);
        for (var row = 0; row < rows.Count; row++)
        {
            var own = parts.AsSpan(row * (width + 1), width + 1);
            for (var f = 0; f < width; f++)
            {
                sums[f] += own[f];
                scores[row] += own[f];
            }

            scores[row] += own[width];
            (probabilities[row], var outcome) = decided[row];
            outcomes[(int)outcome]++;
        }

        return new ScoredSample
        {
            Rows = rows.Count,
            MeanScore = scores.Average(),
            MeanContributions = Array.ConvertAll(sums, sum => sum / rows.Count),
            OutcomeShares = Array.ConvertAll(outcomes, count => (double)count / rows.Count),
            Scores = Sample(OutputColumns.Score, scores),
            Probabilities = Sample(OutputColumns.Probability, probabilities),
        };
    }

    // A level without a rank is missing to them.
    private static double[] AsTreesRead(LoanProduct product, ReadOnlySpan<double> rows)
    {
        var read = rows.ToArray();
        for (var i = 0; i < read.Length; i++)
        {
            var feature = product.Features[i % product.Features.Count];
            if (feature.Kind is FeatureKind.Binary or FeatureKind.Ordinal && read[i] >= feature.Levels.Count)
            {
                read[i] = double.NaN;
            }
        }

        return read;
    }

    private static DecisionBlock Decided(DecisionEngine engine, RowReservoir rows, double[] scored)
    {
        var block = new DecisionBlock(engine, explained: false);
        var width = engine.Product.Features.Count;
        for (var row = 0; row < rows.Count; row++)
        {
            scored.AsSpan(row * width, width).CopyTo(block.Next());
            block.Add(Unseen(engine.Product, rows.Rows.Slice(row * width, width)));
        }

        block.Decide();
        return block;
    }

    private static List<int> Unseen(LoanProduct product, ReadOnlySpan<double> row)
    {
        var places = new List<int>();
        for (var f = 0; f < row.Length; f++)
        {
            var feature = product.Features[f];
            if (feature.HasLevels ? row[f] >= feature.Levels.Count : !double.IsNaN(row[f]) && feature.Seen?.Contains(row[f]) == false)
            {
                places.Add(f);
            }
        }

        return places;
    }

    private static FeatureSample Sample(DriftColumn column, double[] values)
    {
        var summary = FeatureSummary.Of(column);
        summary.Add(values);
        return summary.ToSample();
    }
}
