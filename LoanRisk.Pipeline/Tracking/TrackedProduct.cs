using LoanRisk.Lending.Models;
using LoanRisk.Lending.Products;
using LoanRisk.Pipeline.Figures;
using LoanRisk.Store.Models;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>The models of a product on the server: runs, versions and aliases are made equal to what the registry here says.</summary>
/// <param name="client">The server.</param>
/// <param name="product">The product.</param>
/// <param name="plots">Draws a model's figures.</param>
/// <param name="told">Hears what could not be sent and why.</param>
internal sealed class TrackedProduct(MlflowClient client, LoanProduct product, ModelPlots plots, Action<string> told)
{
    private readonly MlflowModels _models = new(client, product.Id);

    /// <summary>Logs a package that is in no registry.</summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public Task LogAsync(TrackedPackage package, CancellationToken cancellationToken) => RunAsync(package, null, cancellationToken);

    /// <summary>Logs a registered model where the server has no version of it, and answers the version.</summary>
    /// <param name="registry">The registry here.</param>
    /// <param name="id">The model.</param>
    /// <param name="search">Id of the search that found its parameters; null when none did.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task<string> VersionAsync(ModelRegistry registry, string id, string? search, CancellationToken cancellationToken)
    {
        await _models.OpenAsync(product.Description, cancellationToken).ConfigureAwait(false);
        if (await _models.VersionAsync(id, cancellationToken).ConfigureAwait(false) is { } there)
        {
            return there;
        }

        var package = new TrackedPackage(product, registry.Read(id, product)) { Line = registry.Find(id) };
        var run = await RunAsync(package, search, cancellationToken).ConfigureAwait(false);
        var metrics = ModelMetrics.Of(package.Package.Files);
        await _models.RegisterAsync(run, package.Tagged(new LoggedValues()), package.Description(metrics), cancellationToken)
            .ConfigureAwait(false);
        return await _models.VersionAsync(id, cancellationToken).ConfigureAwait(false)
            ?? throw new MlflowException($"the version it made of model {id[..12]} cannot be found");
    }

    /// <summary>
    /// Lets the aliases <c>champion</c> and <c>challenger</c> name the versions of what serves here and what is tried beside it.
    /// </summary>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public async Task FollowAsync(ModelRegistry registry, CancellationToken cancellationToken)
    {
        var aliases = await _models.FindAsync(cancellationToken).ConfigureAwait(false) ?? new Dictionary<string, string>();
        foreach (var (alias, model) in new[] { ("champion", registry.Champion(product.Id)), ("challenger",
            registry.Challenger(product.Id)) })
        {
            var version = model is null ? null : await VersionAsync(registry, model.Id, null, cancellationToken).ConfigureAwait(false);
            if (version != aliases.GetValueOrDefault(alias))
            {
                await _models.SetAliasAsync(alias, version, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<MlflowRun> RunAsync(TrackedPackage package, string? search, CancellationToken cancellationToken)
    {
        var runs = await MlflowRuns.OfAsync(client, product.Id, cancellationToken).ConfigureAwait(false);
        var parent = search is null ? null : await TrackedSearch.FindAsync(runs, search, cancellationToken).ConfigureAwait(false);
        var metrics = ModelMetrics.Of(package.Package.Files);
        var run = await runs.BeginAsync(package.Run(metrics, parent?.Id), package.End, cancellationToken).ConfigureAwait(false);
        if (await FilesAsync(run, package.Files(plots(product, metrics)), cancellationToken).ConfigureAwait(false) is { } why)
        {
            told($"The files of model {package.Package.Id[..12]} are not sent to MLflow at {client.Server}: {why}.");
        }

        await runs.EndAsync(run.Id, package.End, cancellationToken).ConfigureAwait(false);
        return run;
    }

    // A server may take figures and no files: then the figures are worth having.
    private async Task<string?> FilesAsync(
        MlflowRun run, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellationToken)
    {
        try
        {
            return await MlflowArtifacts.PutAsync(client, run, files, cancellationToken).ConfigureAwait(false);
        }
        catch (MlflowException e)
        {
            return e.Message;
        }
    }
}

/// <summary>Draws a model's figures.</summary>
/// <param name="product">The product, for its words.</param>
/// <param name="metrics">The figures.</param>
/// <returns>SVG documents by file name.</returns>
public delegate IReadOnlyDictionary<string, string> ModelPlots(LoanProduct product, ModelMetrics metrics);
