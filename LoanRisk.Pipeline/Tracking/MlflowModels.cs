using System.Globalization;
using System.Text.Json.Nodes;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>The server's registry: a registered model a product, a version a model package, and which version has which alias.</summary>
/// <param name="client">The server.</param>
/// <param name="name">Name of the registered model: the product's id.</param>
internal sealed class MlflowModels(MlflowClient client, string name)
{
    private const int PageSize = 200;

    /// <summary>Makes the registered model where there is none.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task OpenAsync(string description, CancellationToken cancellationToken)
    {
        if (await FindAsync(cancellationToken).ConfigureAwait(false) is not null)
        {
            return;
        }

        try
        {
            await client.PostAsync(
                "registered-models/create", new JsonObject { ["name"] = name, ["description"] = description }, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (MlflowException e) when (e.Code == MlflowException.AlreadyExists)
        {
            // Another program was quicker.
        }
    }

    /// <summary>The version of a model package, the first where two programs made one each; null when there is none.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task<string?> VersionAsync(string model, CancellationToken cancellationToken)
    {
        var found = new List<string>();
        for (string? page = null; page != "";)
        {
            (string, string)[] query = [("filter", $"name = '{name}'"), ("max_results", $"{PageSize}")];
            var answer = await client.GetAsync(
                "model-versions/search", page is null ? query : [.. query, ("page_token", page)], cancellationToken).ConfigureAwait(false);
            found.AddRange((answer["model_versions"] as JsonArray ?? [])
                .Where(version => Tags(version).GetValueOrDefault(TrackedTags.Model) == model)
                .Select(version => $"{version!["version"]}"));
            page = $"{answer["next_page_token"]}";
        }

        return found.MinBy(version => int.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : int.MaxValue);
    }

    /// <summary>Registers a package as the next version.</summary>
    /// <param name="run">The run that logged it.</param>
    /// <param name="values">The tags of the version.</param>
    /// <param name="description">What people read.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task RegisterAsync(MlflowRun run, LoggedValues values, string description, CancellationToken cancellationToken) =>
        client.PostAsync(
        "model-versions/create",
        new JsonObject
        {
            ["name"] = name,
            ["source"] = $"{run.Artifacts}/{TrackedPackage.Folder}",
            ["run_id"] = run.Id,
            ["tags"] = values.Tags(),
            ["description"] = description,
        },
        cancellationToken);

    /// <summary>Lets an alias name a version, or none.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task SetAliasAsync(string alias, string? version, CancellationToken cancellationToken)
    {
        const string Endpoint = "registered-models/alias";
        var body = new JsonObject { ["name"] = name, ["alias"] = alias };
        if (version is null)
        {
            return client.DeleteAsync(Endpoint, body, cancellationToken);
        }

        body["version"] = version;
        return client.PostAsync(Endpoint, body, cancellationToken);
    }

    /// <summary>The tags of what an answer tells.</summary>
    public static IReadOnlyDictionary<string, string> Tags(JsonNode? told)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in told?["tags"] as JsonArray ?? [])
        {
            tags[$"{tag!["key"]}"] = $"{tag["value"]}";
        }

        return tags;
    }

    /// <summary>The version of each alias; null where there is no registered model.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task<IReadOnlyDictionary<string, string>?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            var answer = await client.GetAsync("registered-models/get", [("name", name)], cancellationToken).ConfigureAwait(false);
            return (answer["registered_model"]?["aliases"] as JsonArray ?? [])
                .ToDictionary(alias => $"{alias!["alias"]}", alias => $"{alias!["version"]}", StringComparer.Ordinal);
        }
        catch (MlflowException e) when (e.Code == MlflowException.DoesNotExist)
        {
            return null;
        }
    }
}
