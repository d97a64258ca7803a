using System.Text.Json.Nodes;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>A run on the server.</summary>
/// <param name="Id">MLflow's id of it.</param>
/// <param name="Artifacts">Where its files belong, as the server says.</param>
internal sealed record MlflowRun(string Id, string Artifacts);

/// <summary>A run that is to be made.</summary>
/// <param name="Name">What people read.</param>
/// <param name="Start">When the work began.</param>
/// <param name="Values">What is logged of it.</param>
internal sealed record NewRun(string Name, DateTimeOffset Start, LoggedValues Values);

/// <summary>Runs of one experiment; a product has one.</summary>
internal sealed class MlflowRuns
{
    private const int PageSize = 1_000;

    private readonly MlflowClient _client;

    private readonly string _experiment;

    private MlflowRuns(MlflowClient client, string experiment) => (_client, _experiment) = (client, experiment);

    /// <summary>The experiment of that name; it is made where there is none.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public static async Task<MlflowRuns> OfAsync(MlflowClient client, string name, CancellationToken cancellationToken)
    {
        if (await FindAsync(client, name, cancellationToken).ConfigureAwait(false) is { } there)
        {
            return new MlflowRuns(client, there);
        }

        try
        {
            var made = await client.PostAsync("experiments/create", new JsonObject { ["name"] = name }, cancellationToken)
                .ConfigureAwait(false);
            return new MlflowRuns(client, Text(made, "experiment_id"));
        }
        catch (MlflowException e) when (e.Code == MlflowException.AlreadyExists)
        {
            // Another program was quicker.
            return await FindAsync(client, name, cancellationToken).ConfigureAwait(false) is { } id
                ? new MlflowRuns(client, id)
                : throw new MlflowException($"its experiment {name} is there and cannot be found");
        }
    }

    /// <summary>Makes a run and logs its values.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task<MlflowRun> BeginAsync(NewRun run, DateTimeOffset measured, CancellationToken cancellationToken)
    {
        var answer = await _client.PostAsync(
            "runs/create",
            new JsonObject
            {
                ["experiment_id"] = _experiment,
                ["run_name"] = run.Name,
                ["start_time"] = LoggedValues.Moment(run.Start),
                ["tags"] = run.Values.Tags(),
            },
            cancellationToken).ConfigureAwait(false);
        var info = answer["run"]?["info"] ?? throw new MlflowException("its answer to runs/create names no run");
        var made = new MlflowRun(Text(info, "run_id"), $"{info["artifact_uri"]}");
        await LogAsync(made.Id, run.Values, measured, cancellationToken).ConfigureAwait(false);
        return made;
    }

    /// <summary>Logs more values.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task LogAsync(string run, LoggedValues values, DateTimeOffset measured, CancellationToken cancellationToken)
    {
        foreach (var batch in values.Batches(run, measured))
        {
            await _client.PostAsync("runs/log-batch", batch, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Says that a run is over.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task EndAsync(string run, DateTimeOffset at, CancellationToken cancellationToken) => _client.PostAsync(
        "runs/update",
        new JsonObject { ["run_id"] = run, ["status"] = "FINISHED", ["end_time"] = LoggedValues.Moment(at) },
        cancellationToken);

    /// <summary>The runs that a tag has that value in: each with its tags.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyList<(MlflowRun Run, IReadOnlyDictionary<string, string> Tags)>> FindAsync(
        string tag, string value, CancellationToken cancellationToken)
    {
        var found = new List<(MlflowRun, IReadOnlyDictionary<string, string>)>();
        for (string? page = null; page != "";)
        {
            var request = new JsonObject
            {
                ["experiment_ids"] = new JsonArray(_experiment),
                ["filter"] = $"tags.\"{tag}\" = '{value}'",
                ["max_results"] = PageSize,
            };
            if (page is not null)
            {
                request["page_token"] = page;
            }

            var answer = await _client.PostAsync("runs/search", request, cancellationToken).ConfigureAwait(false);
            foreach (var run in answer["runs"] as JsonArray ?? [])
            {
                var made = new MlflowRun(Text(run!["info"]!, "run_id"), $"{run["info"]!["artifact_uri"]}");
                found.Add((made, MlflowModels.Tags(run["data"])));
            }

            page = $"{answer["next_page_token"]}";
        }

        return found;
    }

    private static async Task<string?> FindAsync(MlflowClient client, string name, CancellationToken cancellationToken)
    {
        JsonNode answer;
        try
        {
            answer = await client.GetAsync("experiments/get-by-name", [("experiment_name", name)], cancellationToken).ConfigureAwait(false);
        }
        catch (MlflowException e) when (e.Code == MlflowException.DoesNotExist)
        {
            return null;
        }

        var experiment = answer["experiment"] ?? throw new MlflowException("its answer to experiments/get-by-name names no experiment");
        return $"{experiment["lifecycle_stage"]}" == "deleted"
            ? throw new MlflowException($"its experiment {name} is deleted: restore it there")
            : Text(experiment, "experiment_id");
    }

    private static string Text(JsonNode node, string name) =>
        node[name]?.ToString() is { Length: > 0 } text ? text : throw new MlflowException($"its answer has no {name}");
}
