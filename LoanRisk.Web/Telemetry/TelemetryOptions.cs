using System.ComponentModel.DataAnnotations;
using LoanRisk.Web.Settings;

namespace LoanRisk.Web.Telemetry;

/// <summary>
/// The settings that turn OpenTelemetry on. The names are OpenTelemetry's own, and its SDK reads all others of its by itself.
/// </summary>
internal sealed class TelemetryOptions
{
    /// <summary>The address of the collector; null leaves telemetry off.</summary>
    [Setting("OTEL_EXPORTER_OTLP_ENDPOINT", "allowed is the address of a collector, such as http://127.0.0.1:4317, or leave it out")]
    public CollectorAddress? Endpoint { get; set; }

    /// <summary>How it is spoken to; null is grpc.</summary>
    [Setting("OTEL_EXPORTER_OTLP_PROTOCOL", "allowed are grpc and http/protobuf")]
    [AllowedValues("grpc", "http/protobuf")]
    public string? Protocol { get; set; }

    /// <summary>
    /// Milliseconds an export may take. OpenTelemetry's own 10 seconds would keep a site from ending in time whose collector hangs: the
    /// last measures and the last spans are each waited for.
    /// </summary>
    [Setting("OTEL_EXPORTER_OTLP_TIMEOUT", "allowed is a number of milliseconds from 1 to 60000")]
    [Range(1, 60_000)]
    public int Timeout { get; set; } = 2_000;
}
