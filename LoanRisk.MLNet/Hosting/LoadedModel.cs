using System.Collections.Immutable;

namespace LoanRisk.MLNet.Hosting;

/// <summary>A model that is served: its trees, and how rows are read for it. Immutable, safe to share between threads.</summary>
internal sealed class LoadedModel<TIn>
{
    private const int MostOnStack = 256;

    private readonly ServedModel _model;
    private readonly RowReader<TIn> _reader;

    private LoadedModel(ServedModel model, RowReader<TIn> reader) => (_model, _reader) = (model, reader);

    /// <summary>Makes one of a file's bytes, and tries the golden row.</summary>
    /// <exception cref="TreeModelException">It may not serve; the message says why.</exception>
    public static LoadedModel<TIn> Of(ReadOnlyMemory<byte> content, TreeModelSettings<TIn> settings)
    {
        var model = WithLevels(ModelFile.Read(content), settings.Levels);
        var loaded = new LoadedModel<TIn>(model, RowReader<TIn>.For(model));
        return loaded.GoldenProblem(settings.Golden) is { } problem ? throw new TreeModelException(problem) : loaded;
    }

    /// <summary>What is wrong with the prediction of the golden row; null when it is right, or there is none.</summary>
    public string? GoldenProblem(GoldenRow<TIn>? golden) => golden?.Problem(Predict(golden.Row));

    public double Predict(TIn row)
    {
        var count = _model.Trees.FeatureCount;
        var features = count <= MostOnStack ? stackalloc double[count] : new double[count];
        _reader.Read(row, features);
        return _model.Output(features);
    }

    public Explanation Explain(TIn row)
    {
        var trees = _model.Trees;
        var (features, contributions) = (new double[trees.FeatureCount], new double[trees.FeatureCount + 1]);
        _reader.Read(row, features);
        trees.Contributions(features, contributions);
        return new Explanation(
            _model.Output(features),
            trees.PredictRaw(features),
            contributions[^1],
            [.. trees.FeatureNames.Select((name, place) => new FeatureContribution(name, contributions[place]))]);
    }

    private static ServedModel WithLevels(ServedModel model, Dictionary<string, ImmutableArray<string>> given)
    {
        if (given.Keys.FirstOrDefault(name => !model.Trees.FeatureNames.Contains(name)) is { } unknown)
        {
            throw new TreeModelException(
                $"Levels are given for {unknown}, which is no feature of the model; it has {string.Join(", ", model.Trees.FeatureNames)}.");
        }

        var levels = new Dictionary<string, FeatureLevels>(model.Levels, StringComparer.Ordinal);
        foreach (var (name, texts) in given)
        {
            levels[name] = new FeatureLevels(texts, double.NaN);
        }

        return model with { Levels = levels };
    }
}
