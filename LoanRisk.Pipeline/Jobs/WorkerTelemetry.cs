using System.Globalization;
using System.Runtime.CompilerServices;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;

namespace LoanRisk.Pipeline.Jobs;

/// <summary>
/// Sends what a worker of its own measures to a collector, under the variables of OpenTelemetry by which the site does: jobs, commits, the
/// runtime. Until one is named no library of it is loaded. What a site's own child does the site measures.
/// </summary>
public static class WorkerTelemetry
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    private const string Timeout = "OTEL_EXPORTER_OTLP_TIMEOUT";

    private const string Service = "loanrisk-worker";

    private const int StandardTimeout = 2_000;

    private const int LongestTimeout = 60_000;

    /// <summary>Begins, and sends the rest when it is disposed; null when the environment names no collector.</summary>
    /// <exception cref="InvalidOptionException">A variable cannot be used.</exception>
    public static IDisposable? FromEnvironment() => From(Environment.GetEnvironmentVariable);

    internal static IDisposable? From(Func<string, string?> variable)
    {
        if (variable(Endpoint)?.Trim() is not { Length: > 0 } endpoint)
        {
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            throw Refusal(Endpoint, endpoint, "is the address of a collector, such as http://127.0.0.1:4317, or leave it out");
        }

        if (variable(Protocol) is { Length: > 0 } protocol and not ("grpc" or "http/protobuf"))
        {
            throw Refusal(Protocol, protocol, "are grpc and http/protobuf");
        }

        return Export(TimeoutOf(variable(Timeout)));
    }

    private static int TimeoutOf(string? text) =>
        string.IsNullOrEmpty(text) ? StandardTimeout
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var timeout) && timeout is > 0 and <= LongestTimeout
            ? timeout
        : throw Refusal(Timeout, text, $"is a number of milliseconds from 1 to {LongestTimeout}");

    private static InvalidOptionException Refusal(string name, string value, string allowed) =>
        new($"{name} is '{value}'; allowed {allowed}.", name);

    // A method of its own, for the libraries are loaded when the method is compiled that names their types.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static MeterProvider Export(int timeout) => Sdk.CreateMeterProviderBuilder()
        .ConfigureResource(resource => resource
            .AddService(Service, serviceVersion: CodeVersion.Current)
            .AddEnvironmentVariableDetector()) // once more: what the operator names comes last and so wins
        .AddMeter("LoanRisk.*", "System.Runtime", "Npgsql")
        .AddOtlpExporter(exporter => exporter.TimeoutMilliseconds = timeout)
        .Build();
}
