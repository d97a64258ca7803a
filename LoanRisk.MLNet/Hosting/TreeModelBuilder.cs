namespace LoanRisk.MLNet.Hosting;

/// <summary>Says which model is served and how it is checked.</summary>
public sealed class TreeModelBuilder<TIn>
{
    private readonly TreeModelSettings<TIn> _settings;

    internal TreeModelBuilder(TreeModelSettings<TIn> settings) => _settings = settings;

    /// <summary>The file: LightGBM's text, or a <c>model.zip</c> of ML.NET that carries the text.</summary>
    /// <param name="path">The file.</param>
    /// <param name="watch">Look every second whether it has changed, and take it over when it may serve.</param>
    public TreeModelBuilder<TIn> FromFile(string path, bool watch = false)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        (_settings.File, _settings.IsWatched) = (Path.GetFullPath(path), watch);
        return this;
    }

    /// <summary>The levels of a feature whose codes a LightGBM text does not tell, in the order of the codes 0, 1, ...</summary>
    /// <param name="feature">The feature, as the model calls it.</param>
    /// <param name="levels">Its levels; any other text is missing.</param>
    public TreeModelBuilder<TIn> WithLevels(string feature, params IEnumerable<string> levels)
    {
        _settings.Levels[feature] = [.. levels.Distinct(StringComparer.Ordinal)];
        return this;
    }

    /// <summary>
    /// A row whose prediction is known. A model that is farther from it is never served, and the health check asks again.
    /// </summary>
    /// <param name="row">The row.</param>
    /// <param name="prediction">Its prediction.</param>
    /// <param name="tolerance">How far from it a model may be; models to come are allowed some.</param>
    public TreeModelBuilder<TIn> WithGoldenRow(TIn row, double prediction, double tolerance = 0)
    {
        _settings.Golden = new GoldenRow<TIn>(row, prediction - tolerance, prediction + tolerance);
        return this;
    }
}
