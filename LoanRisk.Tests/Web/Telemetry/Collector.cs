using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace LoanRisk.Tests.Web.Telemetry;

/// <summary>A collector of OpenTelemetry on this machine, which keeps what it gets over OTLP's http/protobuf.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private const string Protobuf = "application/x-protobuf";

    private readonly WebApplication _app;

    private Collector(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public string Address => _app.Urls.Single();

    /// <summary>Bodies with spans.</summary>
    public ConcurrentQueue<byte[]> Traces { get; } = [];

    /// <summary>Bodies with points.</summary>
    public ConcurrentQueue<byte[]> Metrics { get; } = [];

    /// <summary>The headers of the requests.</summary>
    public ConcurrentQueue<Dictionary<string, string>> Headers { get; } = [];

    /// <summary>What a site needs to send here, often.</summary>
    public (string Name, string Value)[] Settings =>
        [
            ("OTEL_EXPORTER_OTLP_ENDPOINT", Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_METRIC_EXPORT_INTERVAL", "200"), ("OTEL_BSP_SCHEDULE_DELAY", "100"),
        ];

    public IEnumerable<OtlpSpan> Spans => Traces.SelectMany(OtlpRequest.Spans);

    /// <summary>The newest points: sums count from the start of the program.</summary>
    public IReadOnlyList<OtlpPoint> NewestPoints =>
        [.. Metrics.SelectMany(OtlpRequest.Points).Reverse()
            .DistinctBy(point => $"{point.Name} {string.Join(',', point.Attributes.OrderBy(a => a.Key))}")];

    public static async Task<Collector> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new Collector(builder.Build());
        collector._app.MapPost("/v1/traces", context => KeepAsync(context, collector, collector.Traces));
        collector._app.MapPost("/v1/metrics", context => KeepAsync(context, collector, collector.Metrics));
        await collector._app.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    /// <summary>Waits until what was collected meets the condition; fails after half a minute.</summary>
    public async Task<T> Until<T>(Func<Collector, T?> condition)
        where T : class
    {
        for (var i = 0; i < 300; i++)
        {
            if (condition(this) is { } found)
            {
                return found;
            }

            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException(
            $"Collected {string.Join(", ", NewestPoints.Select(p => $"{p.Name} {p.Value}"))}; "
                + string.Join(", ", Spans.Select(s => s.Name)));
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private static async Task KeepAsync(HttpContext context, Collector collector, ConcurrentQueue<byte[]> kept)
    {
        if (context.Request.ContentType != Protobuf)
        {
            context.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            return;
        }

        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        collector.Headers.Enqueue(context.Request.Headers.ToDictionary(
            header => header.Key, header => header.Value.ToString()));
        kept.Enqueue(body.ToArray());
        context.Response.ContentType = Protobuf;
    }
}
