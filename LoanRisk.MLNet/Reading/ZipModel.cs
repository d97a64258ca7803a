using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using LoanRisk.MLNet.Columns;
using LoanRisk.MLNet.Writing;
using LoanRisk.MLNet.Zip;
using Microsoft.ML;
using Microsoft.ML.Calibrators;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace LoanRisk.MLNet.Reading;

/// <summary>
/// A zip with an ML.NET model that was made anywhere: transformers, then the trees of LightGBM, FastTree or FastForest for two classes.
/// </summary>
public sealed class ZipModel
{
    /// <summary>Bytes that a zip may have.</summary>
    public const int MostBytes = ZipGuard.LargestZip;

    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(30);

    // What copies, names, types and codes columns, and trees with their calibrators. Nothing here runs anything of the zip's.
    private static readonly FrozenSet<string> Loaders = ZipGuard.OwnLoaders.Concat(
    [
        "CopyTransform", "SelectColumnsTransform", "DropColumnsTransform", "TermLookupTransform", "NopTransform",
        "CaliPredExec", "SchemaBindableCalibrated", "FastTreeBinaryExec", "FastForestBinaryExec",
    ]).ToFrozenSet(StringComparer.Ordinal);

    private readonly ITransformer _chain;
    private readonly DataViewSchema _input;
    private readonly string _features;
    private readonly TreeEnsembleModelParameters _trees;
    private readonly PlattCalibrator? _calibrator;

    private ZipModel(ITransformer chain, DataViewSchema input, ISingleFeaturePredictionTransformer<object> scorer)
    {
        (_chain, _input, _features) = (chain, input, scorer.FeatureColumnName);
        var (trees, calibrator) = scorer.Model switch
        {
            CalibratedModelParametersBase { SubModel: TreeEnsembleModelParameters sub } calibrated => (sub, calibrated.Calibrator),
            TreeEnsembleModelParameters plain => (plain, null),
            var other => throw new UntellableModelException(
                $"The model scores with {other?.GetType().Name ?? "nothing"}; "
                + "trees of LightGBM, FastTree or FastForest for two classes can be told."),
        };
        (_trees, _calibrator) = (trees, calibrator as PlattCalibrator);
    }

    /// <summary>Who grew the trees: LightGBM, FastTree or FastForest.</summary>
    public string Kind => _trees switch
    {
        LightGbmBinaryModelParameters => "LightGBM",
        FastTreeBinaryModelParameters => "FastTree",
        _ => "FastForest",
    };

    /// <summary>The zip was written here: the model's exact text, which rides along; null for models made elsewhere.</summary>
    public string? OwnText { get; private init; }

    /// <summary>
    /// ML.NET's own probability: 1 / (1 + exp(-(slope * raw score + intercept))); null where the model has none, or one of another form.
    /// </summary>
    public (double Slope, double Intercept)? OwnProbability => _calibrator is { } platt ? (-platt.Slope, -platt.Offset) : null;

    /// <summary>Opens a zip.</summary>
    /// <param name="zip">Its bytes, from anywhere.</param>
    /// <exception cref="ZipRefusedException">It is no zip with a model of ML.NET's, or not one that is safe to load.</exception>
    /// <exception cref="UntellableModelException">Its model is none of the kinds that can be told.</exception>
    public static ZipModel Open(ReadOnlyMemory<byte> zip) => Open(zip, LongestLoad);

    /// <summary>Opens a zip, for which ML.NET may take some time.</summary>
    internal static ZipModel Open(ReadOnlyMemory<byte> zip, TimeSpan longest)
    {
        var entries = ZipGuard.Open(zip, Loaders);
        var (model, input) = Load(entries, longest);
        var transformers = Flat(model).ToList();
        var place = transformers.FindIndex(transformer => transformer is ISingleFeaturePredictionTransformer<object>);
        if (place < 0)
        {
            throw new UntellableModelException("The zip's model ends in no trees: it has transformers alone.");
        }

        return new ZipModel(
            new TransformerChain<ITransformer>([.. transformers.Take(place)]),
            input,
            (ISingleFeaturePredictionTransformer<object>)transformers[place])
        {
            OwnText = entries.Where(entry => entry.Name == ZipWriter.TextEntry)
                .Select(entry => Encoding.UTF8.GetString(entry.Content.Span))
                .FirstOrDefault(),
        };
    }

    /// <summary>Reads the trees over a feature row.</summary>
    /// <param name="schema">The columns of the feature row.</param>
    /// <param name="sources">How each may be called and spelled in the model's input.</param>
    /// <param name="missing">Where missing values go; of FastTree and FastForest always as ML.NET scores them.</param>
    /// <exception cref="UntellableModelException">The model cannot be told exactly; the message says why.</exception>
    public TreeReading Read(InputSchema schema, IReadOnlyList<ColumnSource> sources, MissingValues missing)
    {
        var (trees, weights) = Ensemble();
        if (weights.Any(weight => weight != 1))
        {
            throw new UntellableModelException("The trees have weights other than 1, which ML.NET itself does not use in scoring.");
        }

        var isLightGbm = _trees is LightGbmBinaryModelParameters;
        if (isLightGbm && missing == MissingValues.Repaired && TakesZeroAsMissing())
        {
            throw new UntellableModelException(
                "The trees grew with zero_as_missing, which ML.NET forgets, so it is not known where 0 went; "
                + "they can only be read as ML.NET scores them.");
        }

        var reading = EnsembleReader.Read(
            trees,
            schema,
            Slots(schema, sources),
            isLightGbm ? missing : MissingValues.AsMLNetScores,
            OwnProbability is { Slope: > 0 and var slope } ? slope : 1);
        return isLightGbm ? reading : reading with { OtherNodes = 0 };
    }

    private (IReadOnlyList<RegressionTreeBase> Trees, IReadOnlyList<double> Weights) Ensemble() => _trees switch
    {
        TreeEnsembleModelParametersBasedOnRegressionTree model => (model.TrainedTreeEnsemble.Trees, model.TrainedTreeEnsemble.TreeWeights),
        TreeEnsembleModelParametersBasedOnQuantileRegressionTree forest =>
            (forest.TrainedTreeEnsemble.Trees, forest.TrainedTreeEnsemble.TreeWeights),
        _ => throw new UntellableModelException($"The model scores with {_trees.GetType().Name}, whose trees ML.NET does not show."),
    };

    private bool TakesZeroAsMissing() =>
        MLNetInternals.TrainedWith(_trees)?.Split(' ').Contains("zero_as_missing=True", StringComparer.OrdinalIgnoreCase) == true;

    // A model that takes the finished vector has nothing to probe: its slots must be those that this program lays out.
    private ImmutableArray<Slot> Slots(InputSchema schema, IReadOnlyList<ColumnSource> sources)
    {
        if (_input.GetColumnOrNull(_features) is not { Type: VectorDataViewType vector })
        {
            return SlotProbe.Find(_chain, _input, _features, schema, sources);
        }

        if (vector.Size != schema.SlotCount)
        {
            throw new UntellableModelException(
                $"The model takes a finished vector {_features} of {vector.Size} slots; the product's features, in its order, one slot a "
                + $"level where levels have no order, have {schema.SlotCount}.");
        }

        return Slot.Of(schema);
    }

    private static IEnumerable<ITransformer> Flat(ITransformer transformer) =>
        transformer is IEnumerable<ITransformer> chain ? chain.SelectMany(Flat) : [transformer];

    // A clean copy: what the guard has not read, ML.NET does not see.
    private static (ITransformer Model, DataViewSchema Input) Load(IReadOnlyList<ZipEntry> entries, TimeSpan longest)
    {
        using var stop = new CancellationTokenSource(longest);
        try
        {
            (ITransformer? model, DataViewSchema? input) = (null, null);
#pragma warning disable SYSLIB0046 // Nothing less ends ML.NET's loader where it waits for ever for bytes that are not there
            System.Runtime.ControlledExecution.Run(
                () =>
                {
                    using var stream = new MemoryStream(StoredZip.Write(entries), writable: false);
                    model = new MLContext(seed: 0).Model.Load(stream, out input);
                },
                stop.Token);
#pragma warning restore SYSLIB0046
            return (model!, input ?? throw new ZipRefusedException("The zip has no schema of the model's input."));
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is not ZipRefusedException)
        {
            throw new ZipRefusedException(
                $"ML.NET cannot load the zip within {longest.TotalSeconds} seconds; a component claims more than its file holds.", e);
        }
        catch (Exception e) when (e is not ZipRefusedException)
        {
            // ML.NET's loader throws exceptions of any type at damaged files, also for counts beyond all memory.
            throw new ZipRefusedException($"ML.NET cannot load the zip: {e.Message.Split('\n')[0]}", e);
        }
    }
}
