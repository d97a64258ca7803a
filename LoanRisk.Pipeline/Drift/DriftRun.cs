using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Drift;
using LoanRisk.Lending.Drift.Impact;
using LoanRisk.Lending.Drift.Samples;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Statistics;
using LoanRisk.Trees.Threading;

namespace LoanRisk.Pipeline.Drift;

/// <summary>Holds a sample against another, or against the rows a model was trained with.</summary>
/// <param name="product">The product.</param>
/// <param name="package">The model that scores both; null where there is none.</param>
/// <param name="level">The level of this look; null for the product's own, of one look alone.</param>
public sealed class DriftRun(LoanProduct product, ModelPackage? package, double? level = null)
{
    private readonly DecisionEngine? _engine = package is null ? null : new DecisionEngine(product, package);
    private readonly DriftColumn[] _columns = [.. product.Features.Select(DriftColumn.Of)];

    /// <summary>Against another sample.</summary>
    public DriftResult Against(DriftSample reference, DriftSample current)
    {
        var scored = _engine is null ? null : (Scored(reference), Scored(current)) as (ScoredSample Before, ScoredSample Now)?;
        return new DriftResult(
            reference.Name,
            current.Name,
            reference.Refused,
            current.Refused,
            Report(reference.Features, current.Features, scored is { } both ? Outputs(both.Before, both.Now) : []),
            scored is { } s ? DecisionImpact.Of(_engine!, s.Before, s.Now) : null);
    }

    /// <summary>Against the rows of training, as the model's package describes them.</summary>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    /// <exception cref="NoTrainingRowsException">Its package does not describe them.</exception>
    public DriftResult AgainstTraining(DriftSample current)
    {
        var training = TrainingRows.Required(Engine.Package);
        var scored = Scored(current);
        return new DriftResult(
            NameOf(Engine.Package),
            current.Name,
            0,
            current.Refused,
            Report(
                SamplesOf(training),
                current.Features,
                [new(OutputColumns.Probability, ReferenceSamples.Of(training.ProbabilityQuantiles, training.Rows), scored.Probabilities)]),
            DecisionImpact.AgainstBase(Engine, ShareBelow(training.ProbabilityQuantiles, product.Policy.ApproveBelow), scored));
    }

    /// <summary>What the rows of training are called.</summary>
    public static string NameOf(ModelPackage package) => $"training of model {package.Id[..12]}";

    /// <summary>The rows of training as samples, one a feature.</summary>
    /// <exception cref="InvalidOperationException">There is no model.</exception>
    /// <exception cref="NoTrainingRowsException">Its package does not describe them.</exception>
    public IReadOnlyList<FeatureSample> TrainingSamples() => SamplesOf(TrainingRows.Required(Engine.Package));

    private DecisionEngine Engine => _engine ?? throw new InvalidOperationException("Without a model there are no rows of training.");

    private FeatureSample[] SamplesOf(TrainingReference training) =>
        [.. _columns.Zip(training.Features, (c, f) => ReferenceSamples.Of(c, f, training.Rows))];

    private DriftReport Report(
        IReadOnlyList<FeatureSample> reference, IReadOnlyList<FeatureSample> current, IReadOnlyList<ComparedColumn> outputs) =>
        DriftComparison.Of(
            product.Id,
            product.Drift,
            level ?? product.Drift.Level,
            [.. _columns.Select((c, i) => new ComparedColumn(c, reference[i], current[i]))],
            outputs);

    private ScoredSample Scored(DriftSample sample) => ScoredSample.Of(_engine!, sample.Rows, WorkThreads.Current.MaximumConcurrencyLevel);

    private static ComparedColumn[] Outputs(ScoredSample before, ScoredSample now) =>
    [
        new(OutputColumns.Score, before.Scores, now.Scores),
        new(OutputColumns.Probability, before.Probabilities, now.Probabilities),
    ];

    // Straight between two quantiles; knock-out rules and unseen values are not in them.
    private static double ShareBelow(IReadOnlyList<QuantilePoint> quantiles, double probability)
    {
        var above = quantiles.Index().FirstOrDefault(q => q.Item.Value >= probability, (Index: quantiles.Count, Item: null!)).Index;
        if (above == 0 || above == quantiles.Count)
        {
            return above == 0 ? 0 : 1;
        }

        var (left, right) = (quantiles[above - 1], quantiles[above]);
        return left.Share + ((probability - left.Value) / (right.Value - left.Value) * (right.Share - left.Share));
    }
}
