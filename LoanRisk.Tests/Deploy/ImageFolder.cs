using System.Runtime.InteropServices;
using LoanRisk.Tests.Reports;

namespace LoanRisk.Tests.Deploy;

/// <summary>
/// What deploy/Dockerfile puts into the image, built without a container engine: its RUN lines in a copy of what <c>COPY . .</c> takes, and
/// run by a user like the image's, who may write to the data folder and the temporary folder alone.
/// </summary>
public sealed class ImageFolder : IAsyncLifetime
{
    // The image's user, where the tests may become anybody.
    private const string User = "setpriv --reuid=1654 --regid=1654 --clear-groups ";

    private readonly TemporaryFolder _folder = new();

    /// <summary>The image's /app.</summary>
    public string App => _folder["app"];

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The image is Linux's.");
        await CheckoutCopy.MakeAsync(_folder["source"]);
        foreach (var left in File.ReadLines(StructuredText.PathOf(".dockerignore")).Select(line => _folder["source", line]))
        {
            if (Directory.Exists(left))
            {
                Directory.Delete(left, recursive: true);
            }
        }

        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "amd64";
        foreach (var (_, line) in Dockerfile.Instructions.Where(i => i.Instruction == "RUN"))
        {
            await Command.RunAsync(Placed(line), _folder["source"], ("TARGETARCH", architecture));
        }

        await Command.RunAsync($"chmod 755 {_folder.Path} && chmod -R a+rX {App} && chmod -R go-w {App}", _folder.Path);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A command of the image as a shell's, run by a user like the image's.</summary>
    internal string As(params string[] command) =>
        $"exec {(Environment.IsPrivilegedProcess ? User : "")}{Placed(string.Join(' ', command))}";

    /// <summary>A data folder of its own, and the environment of the image with it and a temporary folder.</summary>
    internal async Task<(string Name, string Value)[]> EnvironmentAsync(string name)
    {
        var (data, temporary) = (_folder[name, "data"], _folder[name, "tmp"]);
        await Command.RunAsync(
            $"mkdir -p {data} {temporary}" + (Environment.IsPrivilegedProcess ? $" && chown -R 1654:1654 {_folder[name]}" : ""),
            _folder.Path);
        return
        [
            .. Dockerfile.Environment.Select(e => (e.Key, Placed(e.Value).Replace("/data", data, StringComparison.Ordinal))),
            ("TMPDIR", temporary), ("HOME", "/nonexistent"),
        ];
    }

    /// <summary>A key that the image's console makes.</summary>
    internal async Task<string> KeyAsync((string Name, string Value)[] environment) => Pattern.First(
        await Command.RunAsync(As("/app/LoanRisk.Training", "keys create --name router --scopes score"), App, environment),
        "lr_[0-9a-f]{16}_[-_A-Za-z0-9]{43}").Value;

    // The image's folders are here below another root.
    private string Placed(string text) => text.Replace("/app", App, StringComparison.Ordinal).Replace(
        "mkdir /data", $"mkdir {_folder["made"]}", StringComparison.Ordinal);
}
