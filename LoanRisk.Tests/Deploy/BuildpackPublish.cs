using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LoanRisk.Tests.Deploy;

/// <summary>
/// What heroku/dotnet makes of a push: the files that git would send, published by the buildpack's own command
/// (heroku/buildpacks-dotnet, dotnet_sdk_command.rs), in a folder like a dyno's /app.
/// </summary>
public sealed class BuildpackPublish : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>The dyno's /app.</summary>
    public string App => _folder["app"];

    /// <summary>The lines of the Procfile: what is started, by the name of its process type.</summary>
    public static IReadOnlyDictionary<string, string> Procfile { get; } =
        File.ReadLines(Path.Combine(SharedFolder.Checkout, "Procfile"))
            .Select(line => line.Split(": ", 2))
            .ToDictionary(parts => parts[0], parts => parts[1], StringComparer.Ordinal);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The buildpack publishes for Linux.");
        await CheckoutCopy.MakeAsync(App);
        var architecture = RuntimeInformation.OSArchitecture == Architecture.Arm64 ? "arm64" : "x64";
        await Command.RunAsync(
            $"dotnet publish {App}/LoanRisk.sln --runtime linux-{architecture} -p:PublishDir=bin/publish"
            + $" --artifacts-path {_folder["artifacts"]}",
            App);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A file where the platform would have a program.</summary>
    internal string this[params string[] parts] => Path.Combine([App, .. parts]);
}
