using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Decisions;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Reference;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Embedded;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Progress;
using LoanRisk.Pipeline.Train.Baselines;
using LoanRisk.Pipeline.Train.Cards;
using LoanRisk.Pipeline.Train.Machines;
using LoanRisk.Pipeline.Train.Monotone;
using LoanRisk.Pipeline.Train.Sampling;
using LoanRisk.Pipeline.Train.Scorecards;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store.Models;
using LoanRisk.Trees;
using LoanRisk.Trees.Training;

namespace LoanRisk.Pipeline.Train;

/// <summary>What a caller may say about a training run.</summary>
public sealed record TrainingOptions
{
    /// <summary>Seed of everything random.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Training parameters over the product's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>Who grows the trees; for trees alone.</summary>
    public TreeTrainer Trainer { get; init; } = TreeTrainer.Managed;

    /// <summary>
    /// The machines that train together, this one among them, each on rows of its own; then LightGBM grows the trees. Null trains here.
    /// </summary>
    public ITrainingMachines? Machines { get; init; }

    /// <summary>Boosted trees or a points scorecard.</summary>
    public ModelKind Kind { get; init; } = ModelKind.Trees;

    /// <summary>What is done about few bad loans; for trees alone.</summary>
    public ImbalanceRule Imbalance { get; init; } = ImbalanceRule.None;

    /// <summary>The model that serves now, to compare with; null when there is none.</summary>
    public RegisteredPackage? Champion { get; init; }

    /// <summary>How the product's monotone directions are used.</summary>
    public MonotoneRule Monotone { get; init; } = MonotoneRule.Weigh;

    /// <summary>AUC that the kept directions together may cost.</summary>
    public double MonotoneTolerance { get; init; } = 0.002;
}

/// <summary>A trained model and what was measured on the way: every part of the metrics.</summary>
public sealed record TrainedModel(ModelPackage Package, ModelMetrics Metrics)
{
    /// <summary>How long all of it took; no part of the package, which the same data and seed give again to the byte.</summary>
    public TimeSpan Time { get; init; }
}

/// <summary>From checked rows to a model package: weigh directions, cross-validate, train, calibrate, measure, document.</summary>
public sealed class TrainingRun
{
    private const int TreeProgressScale = 400;

    private readonly DataSet _data;
    private readonly TrainingOptions _options;
    private readonly TrainingParameters _parameters;
    private readonly IStepProgress _progress;
    private readonly CancellationToken _cancellationToken;

    private TrainingRun(DataSet data, TrainingOptions options, IStepProgress progress, CancellationToken cancellationToken)
    {
        (_data, _options, _progress, _cancellationToken) = (data, options, progress, cancellationToken);
        _parameters = DefaultParameters.For(data.Product, options.Parameters, options.Seed);
    }

    private LoanProduct Product => _data.Product;

    private ITrainingMachines Machines => _options.Machines ?? OneMachine.Instance;

    /// <summary>Does the whole run on rows that are all here.</summary>
    /// <inheritdoc cref="RunOver"/>
    public static TrainedModel Run(
        DataSet data, TrainingOptions options, TimeProvider time, IStepProgress progress, CancellationToken cancellationToken) =>
        RunOver(data, options with { Machines = null }, time, progress, cancellationToken)!;

    /// <summary>Does the whole run. The same rows, options and version give the same package, the time of training aside.</summary>
    /// <returns>The model; on machines that share a run, null on all but the first.</returns>
    /// <exception cref="InvalidOptionException">A training parameter is wrong, or the trainer cannot train here.</exception>
    /// <exception cref="InvalidInputException">There are too few good or bad loans for every part.</exception>
    /// <exception cref="MachinesException">The machines cannot go on together.</exception>
    public static TrainedModel? RunOver(
        DataSet data, TrainingOptions options, TimeProvider time, IStepProgress progress, CancellationToken cancellationToken)
    {
        DataSplit.RequireEnough(data, "Training");
        var (now, start) = (time.GetUtcNow(), time.GetTimestamp());
        var model = new TrainingRun(data, options, progress, cancellationToken).Run(now);
        return model is null ? null : model with { Time = time.GetElapsedTime(start) };
    }

    private TrainedModel? Run(DateTimeOffset now)
    {
        var parts = DataSplit.Create(_data, _options.Seed, Machines);
        var rows = TrainedRows.Of(_data, parts, Machines);
        var (recipe, monotone) = _options.Kind == ModelKind.Scorecard ? ScorecardRecipe() : TreesRecipe(parts);
        var trees = Fit(recipe, parts);
        var choice = Baseline.Choose(trees, _data, parts, Machines);
        var folds = CrossValidate(recipe);
        var unseen = Unseen(trees, choice, parts);
        var sample = RowsOfAll.Of(_data, Machines, _options.Seed);
        if (Machines.Rank > 0)
        {
            return null; // the first machine measures and keeps what all have made
        }

        var measured = Measure(trees, choice, unseen);
        var metrics = measured with
        {
            Baselines = Baselines(parts),
            Scorecard = recipe is ScorecardRecipe card
                ? ScorecardTable.Of(card.Card(_data, parts.TrainAndStopping, _cancellationToken))
                : null,
            CrossValidation = folds,
            Monotone = monotone ?? ScorecardDirections(folds),
        };
        var reference = ReferenceBuilder.Of(Product, sample.Columns, sample.Bad, unseen.Probabilities) with
        {
            Rows = rows.Rows,
            BadRate = (double)rows.BadRows / rows.Rows,
        };
        var facts = new TrainingFacts
        {
            TrainedAt = now,
            CodeVersion = CodeVersion.Current,
            Seed = _options.Seed,
            Parameters = recipe.Parameters,
            DataSha256 = rows.Sha256,
            Rows = rows.Rows,
            BadRows = rows.BadRows,
        };
        var zip = EmbeddedZip.Of(Product, trees, choice.Chosen);
        var modelCard = ModelCard.Write(Product, rows, facts, metrics, zip);
        var package = new PackageParts(trees, choice.Chosen, MetricsFile.Write(metrics), reference.ToJson(), modelCard) { MLNet = zip };
        return new TrainedModel(ModelPackage.Create(Product, package, facts, _data.SampleValues), metrics);
    }

    private (IModelRecipe Recipe, MonotoneDecision? Monotone) TreesRecipe(DataSplit parts)
    {
        var monotone = Weigh(parts);
        var parameters = MonotoneSelection.With(_parameters, _data, [.. monotone.Kept.Select(IndexOf)]);
        var recipe = _options.Machines is { } machines
            ? TreeRecipes.Over(machines, parameters, _options.Imbalance)
            : TreeRecipes.Of(_options.Trainer, parameters, _options.Imbalance);
        return (recipe, monotone);
    }

    private (IModelRecipe Recipe, MonotoneDecision? Monotone) ScorecardRecipe() =>
        (new ScorecardRecipe(new ScorecardOptions { Directions = _options.Monotone == MonotoneRule.None ? NoDirections : null }), null);

    private int[] NoDirections => [.. Product.Features.Select(_ => 0)];

    // A scorecard keeps all directions at little cost, so they are not weighed.
    private MonotoneDecision ScorecardDirections(CrossValidationResult folds) => _options.Monotone == MonotoneRule.None
        ? new MonotoneDecision("No direction of the product file is kept.", 0, folds, null, folds, [], [])
        : new MonotoneDecision(
            "The bins of a scorecard keep all directions of the product file.",
            0,
            null,
            folds,
            folds,
            [],
            [.. Product.Features.Where(f => f.Monotone != 0).Select(f => f.Name)]);

    // Others are made of rows that are all here.
    private List<BaselineReport> Baselines(DataSplit parts) => Machines.Count > 1 ? [] : _progress.Run("Measuring baselines", _ =>
    {
        List<BaselineReport> baselines = _options.Kind == ModelKind.Trees
            ? [Baseline.Scorecard(_data, parts, _options.Seed, _cancellationToken)]
            : [];
        return _options.Champion is { } champion
            ? [.. baselines, Baseline.Champion(champion, _data, parts, _options.Seed, _cancellationToken)]
            : baselines;
    });

    // The directions are chosen without the test rows.
    private MonotoneDecision Weigh(DataSplit parts) => _progress.Run("Weighing the directions", p => MonotoneSelection.Decide(
        _data.Only(parts.Development),
        _parameters,
        new MonotoneSettings(_options.Monotone, _options.MonotoneTolerance) { Trainer = _options.Trainer, Machines = _options.Machines },
        (done, all) => p.Report((double)done / all),
        _cancellationToken));

    private CrossValidationResult CrossValidate(IModelRecipe recipe) => _progress.Run("Cross-validating", p =>
    {
        var done = 0;
        return CrossValidation.Run(
            _data, recipe, () => p.Report(Interlocked.Increment(ref done) / (double)CrossValidation.FoldCount), _cancellationToken);
    });

    private int IndexOf(string feature) => Product.FeatureNames.TakeWhile(n => n != feature).Count();

    // How many trees early stopping will ask for is not known beforehand; the bar leans toward its end as they grow.
    private TreeModel Fit(IModelRecipe recipe, DataSplit parts) => _progress.Run("Training", progress =>
        recipe.Fit(_data, parts.TrainAndStopping, 0, i => progress.Report(i / (double)(i + TreeProgressScale)), _cancellationToken));

    // What the trees never saw, on all machines.
    private UnseenLoans Unseen(TreeModel trees, CalibrationChoice choice, DataSplit parts)
    {
        int[] others = [.. parts.Calibration, .. parts.CalibrationSelection];
        var raw = Machines.All(RawScores.Of(trees, _data, parts.Test));
        return new UnseenLoans(raw, Machines.All(_data.BadOf(parts.Test)))
        {
            Sizes = SizesOf(parts),
            Test = RowsOfAll.Of(_data.Only(parts.Test), Machines, _options.Seed),
            Probabilities =
            [
                .. raw.Select(choice.Chosen.Probability),
                .. Machines.All(RawScores.Of(trees, _data, others)).Select(choice.Chosen.Probability),
            ],
        };
    }

    private ModelMetrics Measure(TreeModel trees, CalibrationChoice choice, UnseenLoans unseen)
    {
        var (raw, bad) = unseen;
        var probabilities = Array.ConvertAll(raw, choice.Chosen.Probability);
        var evaluation = _progress.Run(
            "Measuring",
            _ => ModelEvaluation.Of(probabilities, bad, Product.Policy, _options.Seed, cancellationToken: _cancellationToken));
        return new ModelMetrics
        {
            Test = evaluation.Metrics,
            TestIntervals = evaluation.Intervals,
            Evaluation = evaluation,
            Imbalance = _options.Imbalance == ImbalanceRule.None ? null : _options.Imbalance.ToString().ToLowerInvariant(),
            TestUncalibrated = Metrics.Of(new ScoredLoans(Array.ConvertAll(raw, PlattCalibration.Identity.Probability), bad)),
            Calibration = CalibrationReport.Of(probabilities, bad) with
            {
                Chosen = choice.Chosen.Method,
                BrierOnChoiceRows = choice.BrierScores.ToDictionary(b => b.Key, b => b.Value),
            },
            Bands = BandReport.Of(new ScoredLoans(probabilities, bad), Product.Policy),
            TreeCount = trees.Trees.Length,
            Effects = FeatureEffects.Of(trees, Product, unseen.Test.Columns, new EffectSample(_options.Seed)),
            Rows = unseen.Sizes,
        };
    }

    private PartSizes SizesOf(DataSplit parts) => new()
    {
        All = SizeOf([.. Enumerable.Range(0, _data.RowCount)]),
        Trees = SizeOf(parts.Trees),
        EarlyStopping = SizeOf(parts.Stopping),
        Calibration = SizeOf(parts.Calibration),
        Choice = SizeOf(parts.CalibrationSelection),
        Test = SizeOf(parts.Test),
        Skipped = (int)Machines.Sum(_data.ProblemCount),
    };

    private PartSize SizeOf(int[] rows) => new((int)Machines.Sum(rows.Length), (int)Machines.Sum(rows.Count(r => _data.Bad[r])));

    /// <summary>Loans that the trees never saw.</summary>
    /// <param name="Raw">The raw scores of the test rows.</param>
    /// <param name="Bad">Their outcomes.</param>
    private sealed record UnseenLoans(double[] Raw, bool[] Bad)
    {
        /// <summary>The test rows, for effects.</summary>
        public required RowsOfAll Test { get; init; }

        /// <summary>Calibrated probabilities of the test rows and of those that calibrated.</summary>
        public required double[] Probabilities { get; init; }

        /// <summary>Which rows served what.</summary>
        public required PartSizes Sizes { get; init; }
    }
}
