using LoanRisk.Lending;
using LoanRisk.Lending.Calibration;
using LoanRisk.Lending.Evaluation;
using LoanRisk.Lending.Evaluation.Curves;
using LoanRisk.Lending.Evaluation.Effects;
using LoanRisk.Lending.Evaluation.Monotonicity;
using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Lending.Scorecards;
using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Data;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Pipeline.Train.Baselines;
using LoanRisk.Pipeline.Train.Split;
using LoanRisk.Pipeline.Train.Trees;
using LoanRisk.Store;
using LoanRisk.Store.DataSets;
using LoanRisk.Store.Models;
using LoanRisk.Store.Trials;

namespace LoanRisk.Reports;

/// <summary>Gathers and measures what a report says.</summary>
public sealed class ReportRun
{
    /// <summary>Loans whose SHAP values are summed up, at most.</summary>
    public const int MostExplained = 2_000;

    private readonly LoanProduct _product;
    private readonly ReportedModel _model;
    private readonly ProductData _source;
    private readonly StageClock _clock;
    private readonly CancellationToken _cancellationToken;
    private readonly DataSet _test;
    private readonly DataSplit _parts;
    private readonly double[] _probabilities;

    private ReportRun(LoanProduct product, ReportedModel model, ProductData source, StageClock clock, CancellationToken cancellationToken)
    {
        (_product, _model, _source, _clock, _cancellationToken) = (product, model, source, clock, cancellationToken);
        DataSplit.RequireEnough(source.Data, "A report");
        _parts = DataSplit.Create(source.Data, Seed);
        _test = source.Data.Only(_parts.Test);
        _probabilities = clock.Run("Scoring", CountedNoun.Of(_test.RowCount, "test row"), () => Probabilities(model.Package));
    }

    /// <summary>Makes a report.</summary>
    /// <param name="request">What it is to be of.</param>
    /// <param name="read">Reads the rows.</param>
    /// <param name="clock">Measures the steps and shows them.</param>
    /// <param name="cancellationToken">Stops between and within steps.</param>
    /// <exception cref="InvalidInputException">There are too few good or bad loans.</exception>
    public static ModelReport Run(
        ReportRequest request, Func<IProgress<double>, ProductData> read, StageClock clock, CancellationToken cancellationToken)
    {
        var source = clock.Run("Reading", data => CountedNoun.Of(data.Data.RowCount, "row"), read);
        return new ReportRun(request.Product, request.Model, source, clock, cancellationToken).Gather(request.Folder, request.MadeAt);
    }

    // The model's own, so that rows, resamples and figures are those of its training.
    private int Seed => _model.Package.Manifest.Seed;

    private ModelReport Gather(DataFolder folder, DateTimeOffset now)
    {
        var data = _source.Data;
        var profile = _clock.Run(
            "Describing the data",
            CountedNoun.Of(data.Columns.Count, "feature"),
            () => ProfileRun.Describe(_product, _source, _cancellationToken));
        var evaluation = _clock.Run(
            "Measuring, with 1,000 resamples", CountedNoun.Of(_test.RowCount, "test row"), () =>
                ModelEvaluation.Of(_probabilities, _test.Bad, _product.Policy, Seed, cancellationToken: _cancellationToken));
        var scorecard = _clock.Run(
            "Fitting the scorecard baseline",
            CountedNoun.Of(_parts.TrainAndStopping.Length, "row"),
            () => ScorecardBaseline.Of(data, _parts, _cancellationToken));
        var comparisons = _clock.Run("Measuring other models", CountedNoun.Of(_test.RowCount, "test row"), () => Comparisons(scorecard));
        var effects = _clock.Run(
            "Explaining", CountedNoun.Of(Math.Min(MostExplained, _test.RowCount), "row"), () =>
                FeatureEffects.Of(_model.Package.Trees, _product, _test.Columns, new EffectSample(Seed, MostExplained)));
        var proofs = _clock.Run(
            "Proving directions",
            CountedNoun.Of(_model.Package.Trees.Trees.Length, "tree"),
            () => MonotonicityProof.OfAll(_model.Package.Trees, _product.MonotoneDirections));
        var (study, trials) = Search(folder);
        return new ModelReport
        {
            Product = _product,
            Package = _model.Package,
            Registered = _model.Registered,
            MadeAt = now,
            Data = _source,
            Profile = profile,
            Files = _source.Version is { } version
                ? [.. DataSetStore.Open(folder).Files(_product.Id).Where(f => f.Version <= version.Version)]
                : [],
            Evaluation = evaluation,
            Uncalibrated = ModelMetrics.Measure(
                Array.ConvertAll(RawScores.Of(_model.Package.Trees, _test, AllTestRows), PlattCalibration.Identity.Probability), _test.Bad),
            Comparisons = comparisons,
            ComparisonProblem = _model.ComparisonProblem,
            Scorecard = scorecard.Card,
            Effects = effects,
            Proofs = proofs,
            Training = ModelMetrics.Of(_model.Package.Files),
            Study = study,
            Trials = trials,
            Stages = _clock.Stages,
            Packages = PackageLine.OfConsole(),
        };
    }

    private List<CandidateModel> Comparisons(ScorecardBaseline scorecard)
    {
        List<CandidateModel> comparisons = [Comparison("Scorecard", null, scorecard.Probabilities)];
        if (_model.ComparedWith is { } before)
        {
            comparisons.Insert(0, Comparison(_model.ComparedWithName, before, Probabilities(before.Package)));
        }

        return comparisons;
    }

    private CandidateModel Comparison(string name, RegisteredPackage? model, double[] probabilities)
    {
        var loans = new ScoredLoans(probabilities, _test.Bad);
        var curves = EvaluationCurves.Of(loans, _product.Policy);
        return new CandidateModel(
            new ComparisonCurves(name, model is null, Metrics.Of(loans), curves.Roc, curves), model?.Model.Id, model?.Caution,
            ModelDifference.Of(_probabilities, probabilities, _test.Bad, Seed, cancellationToken: _cancellationToken));
    }

    private int[] AllTestRows => [.. Enumerable.Range(0, _test.RowCount)];

    private double[] Probabilities(ModelPackage package) =>
        Array.ConvertAll(RawScores.Of(package.Trees, _test, AllTestRows), package.Calibration.Probability);

    private (Study? Study, IReadOnlyList<Trial> Trials) Search(DataFolder folder)
    {
        var store = TrialStore.Open(folder);
        var study = store.Studies(_product.Id).FirstOrDefault(s => s.ModelId == _model.Package.Id);
        return (study, study is null ? [] : store.Trials(study.Id));
    }
}
