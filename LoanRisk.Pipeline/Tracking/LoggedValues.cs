using System.Globalization;
using System.Text.Json.Nodes;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>
/// Parameters, metrics and tags of a run, in batches as MLflow takes them: what its description of <c>runs/log-batch</c> limits (how many,
/// how long, which characters) is kept to by cutting and replacing, so that no run is refused for a long value.
/// </summary>
internal sealed class LoggedValues
{
    /// <summary>Parameters, and tags, of a batch.</summary>
    public const int MostOfAKind = 100;

    /// <summary>Metrics of a batch.</summary>
    public const int MostMetrics = 1_000;

    /// <summary>Everything in a batch.</summary>
    public const int MostTogether = 1_000;

    /// <summary>
    /// Characters of a key, and of a value. MLflow's page says 250 of values too; newer servers take more. What is cut stands whole in the
    /// package.
    /// </summary>
    public const int MostCharacters = 250;

    private const string Cut = "...";

    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);

    private readonly Dictionary<string, string> _tags = new(StringComparer.Ordinal);

    private readonly List<(string Key, double Value, int Step)> _metrics = [];

    /// <summary>A parameter; one without a value is left out.</summary>
    public LoggedValues Parameter(string key, string? value) => Keep(_parameters, key, value);

    /// <summary>A tag; one without a value is left out.</summary>
    public LoggedValues Tag(string key, string? value) => Keep(_tags, key, value);

    /// <summary>A metric; one that is not known, or no number, is left out.</summary>
    public LoggedValues Metric(string key, double? value, int step = 0)
    {
        if (value is { } number && double.IsFinite(number))
        {
            _metrics.Add((Key(key), number, step));
        }

        return this;
    }

    /// <summary>The tags as a request that makes something takes them.</summary>
    public JsonArray Tags() => Pairs(_tags);

    /// <summary>Bodies of <c>runs/log-batch</c>, one at least.</summary>
    /// <param name="run">Id of the run.</param>
    /// <param name="at">When the metrics were measured.</param>
    public IEnumerable<JsonObject> Batches(string run, DateTimeOffset at)
    {
        var (parameters, tags) = (_parameters.Chunk(MostOfAKind).ToList(), _tags.Chunk(MostOfAKind).ToList());
        var metrics = _metrics.Chunk(Math.Min(MostMetrics, MostTogether - (2 * MostOfAKind))).ToList();
        for (var i = 0; i < Math.Max(1, Math.Max(parameters.Count, Math.Max(tags.Count, metrics.Count))); i++)
        {
            yield return new JsonObject
            {
                ["run_id"] = run,
                ["params"] = Pairs(parameters.ElementAtOrDefault(i) ?? []),
                ["tags"] = Pairs(tags.ElementAtOrDefault(i) ?? []),
                ["metrics"] = Metrics(metrics.ElementAtOrDefault(i) ?? [], at),
            };
        }
    }

    /// <summary>
    /// A key that MLflow takes: letters, digits, <c>_ - . /</c> and spaces, and no path that leads elsewhere.
    /// </summary>
    public static string Key(string name)
    {
        var allowed = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/' or ' ' ? c : '_'));
        var parts = allowed.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(part => part is "." or ".." ? "_" : part);
        var key = string.Join('/', parts);
        return Limited(key.Length == 0 ? "_" : key);
    }

    /// <summary>The moment as MLflow has it, in milliseconds since 1970.</summary>
    public static long Moment(DateTimeOffset at) => Math.Max(0, at.ToUnixTimeMilliseconds());

    private static string Limited(string text)
    {
        if (text.Length <= MostCharacters)
        {
            return text;
        }

        var end = MostCharacters - Cut.Length;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), Cut);
    }

    private static JsonArray Pairs(IEnumerable<KeyValuePair<string, string>> pairs) =>
        [.. pairs.Select(pair => new JsonObject { ["key"] = pair.Key, ["value"] = pair.Value })];

    private static JsonArray Metrics(IEnumerable<(string Key, double Value, int Step)> metrics, DateTimeOffset at) =>
        [.. metrics.Select(metric => new JsonObject
        {
            ["key"] = metric.Key, ["value"] = metric.Value, ["timestamp"] = Moment(at), ["step"] = metric.Step,
        })];

    private LoggedValues Keep(Dictionary<string, string> values, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            values.TryAdd(Key(key), Limited(value));
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{_parameters.Count} parameters, {_metrics.Count} metrics, {_tags.Count} tags");
}
