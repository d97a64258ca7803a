using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace LoanRisk.Tests.Pipeline.Tracking;

/// <summary>What a server made from MLflow's REST description keeps, and how it answers.</summary>
internal sealed partial class MlflowState
{
    private readonly Lock _lock = new();

    public ConcurrentDictionary<string, string> Experiments { get; } = [];

    public ConcurrentDictionary<string, KeptRun> Runs { get; } = [];

    public ConcurrentDictionary<string, KeptModel> Models { get; } = [];

    public ConcurrentDictionary<string, byte[]> Files { get; } = [];

    /// <summary>Where runs keep their files.</summary>
    public string ArtifactRoot { get; set; } = "mlflow-artifacts:";

    /// <summary>Most that a page holds, whatever is asked for.</summary>
    public int PageSize { get; set; } = 1_000;

    public JsonObject Answer(string endpoint, JsonObject request)
    {
        var fields = MlflowEndpoints.All.GetValueOrDefault(endpoint) ?? throw new MlflowRefusal(404, "ENDPOINT_NOT_FOUND", endpoint);
        fields.Check(request);
        lock (_lock)
        {
            return endpoint switch
            {
                "GET experiments/get-by-name" => Experiment(Of(request, "experiment_name")),
                "POST experiments/create" => CreateExperiment(Of(request, "name")),
                "POST runs/create" => CreateRun(request),
                "POST runs/update" => UpdateRun(request),
                "POST runs/log-batch" => LogBatch(request),
                "POST runs/search" => SearchRuns(request),
                "POST registered-models/create" => CreateModel(Of(request, "name")),
                "GET registered-models/get" => new JsonObject { ["registered_model"] = Shown(Of(request, "name")) },
                "POST registered-models/alias" => SetAlias(request),
                "DELETE registered-models/alias" => DeleteAlias(request),
                "POST model-versions/create" => CreateVersion(request),
                "GET model-versions/search" => SearchVersions(request),
                _ => throw new InvalidOperationException(endpoint),
            };
        }
    }

    private static string Of(JsonObject request, string name) => request[name]!.GetValue<string>();

    private static MlflowRefusal Missing(string what) => new(404, "RESOURCE_DOES_NOT_EXIST", $"{what} not found");

    private JsonObject Experiment(string name) => Experiments.TryGetValue(name, out var id)
        ? new JsonObject
        {
            ["experiment"] = new JsonObject { ["experiment_id"] = id, ["name"] = name, ["lifecycle_stage"] = "active" },
        }
        : throw Missing($"Could not find experiment with name '{name}'");

    private JsonObject CreateExperiment(string name)
    {
        var id = $"{Experiments.Count + 1}";
        return Experiments.TryAdd(name, id)
            ? new JsonObject { ["experiment_id"] = id }
            : throw new MlflowRefusal(400, "RESOURCE_ALREADY_EXISTS", $"Experiment '{name}' already exists.");
    }

    private JsonObject CreateRun(JsonObject request)
    {
        var experiment = $"{request["experiment_id"]}";
        if (!Experiments.Values.Contains(experiment))
        {
            throw Missing($"No Experiment with id={experiment}");
        }

        var id = Guid.NewGuid().ToString("N");
        var run = new KeptRun(id, experiment, request, $"{ArtifactRoot}/{experiment}/{id}/artifacts");
        KeepTags(run, request);
        Runs[id] = run;
        return new JsonObject { ["run"] = run.ToJson() };
    }

    private KeptRun Run(JsonObject request) =>
        Runs.GetValueOrDefault($"{request["run_id"]}") ?? throw Missing($"Run with id={request["run_id"]}");

    private JsonObject UpdateRun(JsonObject request)
    {
        var run = Run(request);
        run.Status = Of(request, "status");
        run.End = request["end_time"]!.GetValue<long>();
        return new JsonObject { ["run_info"] = run.ToJson()["info"]!.DeepClone() };
    }

    private JsonObject LogBatch(JsonObject request)
    {
        var run = Run(request);
        var (metrics, parameters, tags) = (Items(request, "metrics"), Items(request, "params"), Items(request, "tags"));
        if (metrics.Length > 1_000 || parameters.Length > 100 || tags.Length > 100
            || metrics.Length + parameters.Length + tags.Length > 1_000)
        {
            throw MlflowRefusal.Invalid("A batch logging request can contain at most 1000 metrics, 100 params, 100 tags, 1000 together.");
        }

        if (request.ToJsonString().Length > 1_000_000)
        {
            throw MlflowRefusal.Invalid("Batched logging API requests must be at most 1000000 bytes.");
        }

        foreach (var item in metrics.Concat(parameters).Concat(tags))
        {
            CheckKey($"{item["key"]}");
        }

        foreach (var item in parameters.Concat(tags).Where(item => $"{item["value"]}".Length > 250))
        {
            throw MlflowRefusal.Invalid(
                $"Value of {item["key"]} had length {$"{item["value"]}".Length}, which exceeded length limit of 250");
        }

        foreach (var item in parameters)
        {
            var (key, value) = ($"{item["key"]}", $"{item["value"]}");
            if (!run.Parameters.TryAdd(key, value) && run.Parameters[key] != value)
            {
                throw MlflowRefusal.Invalid($"Changing param values is not allowed. Param with key='{key}' was already logged.");
            }
        }

        KeepTags(run, request);
        run.Metrics.AddRange(metrics.Select(m =>
            ($"{m["key"]}", m["value"]!.GetValue<double>(), m["step"]?.GetValue<long>() ?? 0)));
        return [];
    }

    private static JsonObject[] Items(JsonObject request, string name) => [.. (request[name] as JsonArray ?? []).Cast<JsonObject>()];

    private static void KeepTags(KeptRun run, JsonObject request)
    {
        foreach (var tag in Items(request, "tags"))
        {
            CheckKey($"{tag["key"]}");
            run.Tags[$"{tag["key"]}"] = $"{tag["value"]}";
        }
    }

    private static void CheckKey(string key)
    {
        if (!KeyPattern().IsMatch(key) || key.Length > 250 || key.StartsWith('/') || key.Split('/').Any(part => part is "" or "." or ".."))
        {
            throw MlflowRefusal.Invalid($"Invalid name: '{key}'.");
        }
    }

    private JsonObject SearchRuns(JsonObject request)
    {
        var filter = FilterPattern().Match($"{request["filter"]}");
        if (!filter.Success)
        {
            throw MlflowRefusal.Invalid($"Invalid filter {request["filter"]}");
        }

        var experiments = request["experiment_ids"]!.AsArray().Select(id => $"{id}").ToList();
        var found = Runs.Values
            .Where(run => experiments.Contains(
                run.Experiment) && run.Tags.GetValueOrDefault(filter.Groups[1].Value) == filter.Groups[2].Value)
            .OrderBy(run => run.Id, StringComparer.Ordinal)
            .Select(run => (JsonNode)run.ToJson());
        return Page("runs", found, $"{request["page_token"]}");
    }

    private JsonObject Page(string name, IEnumerable<JsonNode> found, string token)
    {
        var from = token.Length == 0 ? 0 : int.Parse(token);
        var page = found.Skip(from).Take(PageSize + 1).ToArray();
        var answer = new JsonObject { [name] = new JsonArray([.. page.Take(PageSize)]) };
        if (page.Length > PageSize)
        {
            answer["next_page_token"] = $"{from + PageSize}";
        }

        return answer;
    }

    private KeptModel Model(string name) => Models.GetValueOrDefault(name) ?? throw Missing($"Registered Model with name={name}");

    private JsonObject CreateModel(string name) => Models.TryAdd(name, new KeptModel())
        ? new JsonObject { ["registered_model"] = Shown(name) }
        : throw new MlflowRefusal(400, "RESOURCE_ALREADY_EXISTS", $"Registered Model (name={name}) already exists.");

    private JsonObject Shown(string name) => new()
    {
        ["name"] = name,
        ["aliases"] = new JsonArray(
            [.. Model(name).Aliases.Select(a => new JsonObject { ["alias"] = a.Key, ["version"] = a.Value })]),
    };

    private JsonObject SetAlias(JsonObject request)
    {
        var (model, version) = (Model(Of(request, "name")), Of(request, "version"));
        if (!int.TryParse(version, out var number) || number < 1 || number > model.Versions.Count)
        {
            throw Missing($"Model Version (version={version})");
        }

        model.Aliases[Of(request, "alias")] = version;
        return [];
    }

    private JsonObject DeleteAlias(JsonObject request)
    {
        Model(Of(request, "name")).Aliases.Remove(Of(request, "alias"));
        return [];
    }

    private JsonObject CreateVersion(JsonObject request)
    {
        var model = Model(Of(request, "name"));
        var run = Run(request);
        if (!Of(request, "source").StartsWith(run.Artifacts, StringComparison.Ordinal))
        {
            throw MlflowRefusal.Invalid("Invalid model version source: it must be of the run.");
        }

        var version = (JsonObject)request.DeepClone();
        version["version"] = $"{model.Versions.Count + 1}";
        version["status"] = "READY";
        model.Versions.Add(version);
        return new JsonObject { ["model_version"] = version.DeepClone() };
    }

    private JsonObject SearchVersions(JsonObject request)
    {
        var filter = NamePattern().Match($"{request["filter"]}");
        return filter.Success
            ? Page(
                "model_versions",
                Models.TryGetValue(filter.Groups[1].Value, out var model) ? model.Versions.Select(v => v.DeepClone()) : [],
                $"{request["page_token"]}")
            : throw MlflowRefusal.Invalid($"Invalid filter {request["filter"]}");
    }

    [GeneratedRegex(@"^[/\w.\- ]+$", RegexOptions.None, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex KeyPattern();

    [GeneratedRegex("^tags\\.\"(?<key>[^\"]+)\" = '(?<value>[^']+)'$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex FilterPattern();

    [GeneratedRegex("^name = '(?<name>[^']+)'$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex NamePattern();
}
