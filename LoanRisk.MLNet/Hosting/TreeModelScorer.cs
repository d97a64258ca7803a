using Microsoft.Extensions.Logging;

namespace LoanRisk.MLNet.Hosting;

/// <summary>
/// Scores and explains rows with a LightGBM model. One serves all threads at once; a file that is watched is taken over between two rows,
/// and only when it loads, fits <typeparamref name="TIn"/> and passes the golden row.
/// </summary>
/// <typeparam name="TIn">A row; every feature is one of its properties.</typeparam>
public sealed partial class TreeModelScorer<TIn> : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly TreeModelSettings<TIn> _settings;
    private readonly ILogger _log;
    private readonly ITimer? _timer;
    private readonly Lock _looking = new();
    private volatile LoadedModel<TIn> _model;
    private volatile string? _trouble;
    private (DateTime Written, long Length) _seen;

    internal TreeModelScorer(TreeModelSettings<TIn> settings, ILogger log, TimeProvider time)
    {
        (_settings, _log) = (settings, log);
        _seen = Stamp();
        _model = Load();
        _timer = settings.IsWatched ? time.CreateTimer(_ => Look(), null, LookEvery, LookEvery) : null;
    }

    /// <summary>Why the newest content of the file does not serve; null when it does.</summary>
    public string? Trouble => _trouble;

    /// <summary>The prediction: a probability for a binary model, calibrated where the file brings a calibrator.</summary>
    public double Predict(TIn row) => _model.Predict(row);

    /// <summary>The prediction and the exact contributions of the features (SHAP values).</summary>
    /// <exception cref="InvalidOperationException">A tree has no <c>leaf_count</c>, by which branches are weighed.</exception>
    public Explanation Explain(TIn row) => _model.Explain(row);

    /// <inheritdoc/>
    public void Dispose() => _timer?.Dispose();

    /// <summary>What is wrong with the model that serves; null when nothing is.</summary>
    internal string? GoldenProblem() => _model.GoldenProblem(_settings.Golden);

    /// <summary>Takes the file over if it has changed.</summary>
    internal void Look()
    {
        lock (_looking)
        {
            if (Stamp() is var stamp && stamp == _seen)
            {
                return;
            }

            try
            {
                _model = Load();
                (_seen, _trouble) = (stamp, null);
                LogTaken(_log, _settings.Name, _settings.File!);
            }
            catch (TreeModelException e)
            {
                (_seen, _trouble) = (stamp, e.Message);
                LogRefused(_log, _settings.Name, e.Message);
            }
        }
    }

    private LoadedModel<TIn> Load()
    {
        try
        {
            return LoadedModel<TIn>.Of(File.ReadAllBytes(_settings.File!), _settings);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TreeModelException($"{_settings.File} cannot be read: {e.Message}", e);
        }
        catch (TreeModelException e)
        {
            throw new TreeModelException($"{_settings.File}: {e.Message}", e);
        }
    }

    private (DateTime Written, long Length) Stamp() =>
        new FileInfo(_settings.File!) is { Exists: true } file ? (file.LastWriteTimeUtc, file.Length) : default;

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Name} is that of {File} from now on.")]
    private static partial void LogTaken(ILogger log, string name, string file);

    [LoggerMessage(Level = LogLevel.Error, Message = "Model {Name} stays as it was: {Why}")]
    private static partial void LogRefused(ILogger log, string name, string why);
}
