namespace LoanRisk.Pipeline.Tracking;

/// <summary>
/// Files of runs, put through the server itself (its artifact proxy), so that this program needs no access to the store behind it.
/// </summary>
internal static class MlflowArtifacts
{
    private const string Scheme = "mlflow-artifacts:";

    /// <summary>Puts files beside a run.</summary>
    /// <param name="client">The server.</param>
    /// <param name="run">The run.</param>
    /// <param name="files">Content by path under the run's folder.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>Why they could not be put there, as a sentence; null when they were.</returns>
    /// <exception cref="MlflowException">The server refuses, or cannot be reached.</exception>
    public static async Task<string?> PutAsync(
        MlflowClient client, MlflowRun run, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> files, CancellationToken cancellationToken)
    {
        if (PathOf(run.Artifacts, client.Server.Address) is not { } path)
        {
            return $"it keeps files at {Shown(run.Artifacts)}, where only its own clients can write: files are sent to a server "
                + "that serves artifacts itself";
        }

        foreach (var (name, content) in files)
        {
            await client.PutFileAsync($"{path}/{name}", content, cancellationToken).ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>
    /// The path within the server's proxy; null where the files belong elsewhere. A proxy of another host gets nothing: the credentials are
    /// for this one.
    /// </summary>
    internal static string? PathOf(string artifacts, Uri server)
    {
        if (!artifacts.StartsWith(Scheme, StringComparison.Ordinal))
        {
            return null;
        }

        var rest = artifacts[Scheme.Length..];
        if (!rest.StartsWith("//", StringComparison.Ordinal))
        {
            return rest.Trim('/');
        }

        var end = rest.IndexOf('/', 2);
        var host = end < 0 ? rest[2..] : rest[2..end];
        return end >= 0 && (host.Length == 0 || host == server.Authority) ? rest[end..].Trim('/') : null;
    }

    // The scheme and no more: an address may hold keys.
    private static string Shown(string artifacts) =>
        artifacts.Split(':') is [var scheme, _, ..] && scheme.Length is > 0 and < 20 && scheme.All(c =>
            char.IsAsciiLetterOrDigit(c) || c == '-')
            ? $"{scheme}:..."
            : "a folder of its own";
}
