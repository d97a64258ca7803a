using System.Net.Http.Headers;
using System.Text;

namespace LoanRisk.Pipeline.Tracking;

/// <summary>
/// An MLflow tracking server and what it is asked with. Credentials come as MLflow's own clients take them: a name and a password, else a
/// token. They are shown nowhere.
/// </summary>
public sealed class MlflowServer
{
    /// <summary>The environment variable that names the server; without it nothing is logged.</summary>
    public const string Variable = "LOANRISK_MLFLOW";

    /// <summary>The name to sign in with; it needs a password.</summary>
    public const string UserVariable = "MLFLOW_TRACKING_USERNAME";

    /// <summary>The password.</summary>
    public const string PasswordVariable = "MLFLOW_TRACKING_PASSWORD";

    /// <summary>A bearer token, taken where no name and password are given.</summary>
    public const string TokenVariable = "MLFLOW_TRACKING_TOKEN";

    private static readonly TimeSpan Standard = TimeSpan.FromSeconds(10);

    private MlflowServer(Uri address, AuthenticationHeaderValue? authorization) => (Address, Authorization) = (address, authorization);

    /// <summary>Its address, without credentials, ending in a slash.</summary>
    public Uri Address { get; }

    /// <summary>How long one answer may take.</summary>
    public TimeSpan Patience { get; private init; }

    /// <summary>What each request is signed with; null for nothing.</summary>
    internal AuthenticationHeaderValue? Authorization { get; }

    /// <summary>The server that variables name; null when none does.</summary>
    /// <param name="variable">Value of an environment variable, or of a setting of that name.</param>
    /// <param name="patience">How long one answer may take; null is ten seconds.</param>
    /// <exception cref="InvalidOptionException">It is no address.</exception>
    public static MlflowServer? From(Func<string, string?> variable, TimeSpan? patience = null)
    {
        if (variable(Variable)?.Trim() is not { Length: > 0 } named)
        {
            return null;
        }

        if (!Uri.TryCreate(named, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https") || address.Query != "")
        {
            // Not shown: it may hold a password.
            throw new InvalidOptionException($"{Variable} must be the address of an MLflow server, such as http://127.0.0.1:5000.",
                Variable);
        }

        var bare = new UriBuilder(address) { UserName = "", Password = "", Fragment = "", Path = address.AbsolutePath.TrimEnd('/') + "/" };
        return new MlflowServer(bare.Uri, Credentials(address, variable)) { Patience = patience ?? Standard };
    }

    /// <summary>The server that the environment names; null when it names none.</summary>
    /// <exception cref="InvalidOptionException">It is no address.</exception>
    public static MlflowServer? FromEnvironment() => From(Environment.GetEnvironmentVariable);

    /// <inheritdoc/>
    public override string ToString() => Address.AbsoluteUri.TrimEnd('/');

    private static AuthenticationHeaderValue? Credentials(Uri address, Func<string, string?> variable)
    {
        if (variable(UserVariable) is { Length: > 0 } user && variable(PasswordVariable) is { Length: > 0 } password)
        {
            return Basic($"{user}:{password}");
        }

        if (variable(TokenVariable) is { Length: > 0 } token)
        {
            return token.All(c => c is > ' ' and <= '~')
                ? new AuthenticationHeaderValue("Bearer", token)
                : throw new InvalidOptionException($"{TokenVariable} must be one word of ASCII characters.", TokenVariable);
        }

        return address.UserInfo.Length > 0 ? Basic(Uri.UnescapeDataString(address.UserInfo)) : null;
    }

    private static AuthenticationHeaderValue Basic(string pair) => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
}
