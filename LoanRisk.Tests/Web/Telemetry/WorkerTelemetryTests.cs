using LoanRisk.Pipeline;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store;
using LoanRisk.Store.Jobs;
using LoanRisk.Tests.Training;

namespace LoanRisk.Tests.Web.Telemetry;

/// <summary>What a worker that runs by itself sends to a collector.</summary>
[Slow]
public sealed class WorkerTelemetryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private readonly string _products;

    public WorkerTelemetryTests() => _products = TrainedProducts.WriteTo(_folder["products"]);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("LoanRisk.Training.dll", "worker", "--once")]
    [InlineData("LoanRisk.Web.dll", "worker")]
    public async Task Its_jobs_are_measured_by_product_kind_and_end(string program, params string[] arguments)
    {
        await using var collector = await Collector.StartAsync();
        var data = new DataFolder(Directory.CreateDirectory(_folder["data"]).FullName, "test");
        var now = DateTimeOffset.UtcNow;
        var job = new Job("one", "peerloan", "train", "{\"dataVersion\": 7}", JobState.Queued, 0, "", null, now, "test", null, null);
        JobStore.Open(data).Add(job); // it fails, for there is no such data

        using var worker = ConsoleProcess.Start(program, data.Path, _products, arguments, collector.Settings);

        var point = await collector.Until(c => c.NewestPoints.FirstOrDefault(p => p.Name == "loanrisk.job.duration"));
        Assert.Equal(
            ("peerloan", "train", "failed"),
            (point.Attributes["loanrisk.product"], point.Attributes["loanrisk.job.kind"], point.Attributes["loanrisk.job.end"]));
        Assert.Equal(1, point.Count);
        Assert.Equal(JobState.Failed, JobStore.Open(data).Find("one")!.State);
    }

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT is 'collector:4317'; allowed is the address of a collector", "collector:4317", null, null)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL is 'udp'; allowed are grpc and http/protobuf.", "http://127.0.0.1:4317", "udp", null)]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT is '0'; allowed is a number of milliseconds", "http://127.0.0.1:4317", null, "0")]
    public void What_cannot_be_used_is_refused_with_what_can(string sentence, string? endpoint, string? protocol, string? timeout)
    {
        var refusal = Assert.Throws<InvalidOptionException>(() => WorkerTelemetry.From(name => name switch
        {
            "OTEL_EXPORTER_OTLP_ENDPOINT" => endpoint,
            "OTEL_EXPORTER_OTLP_PROTOCOL" => protocol,
            _ => timeout,
        }));

        Assert.StartsWith(sentence, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_collector_nothing_is_sent() => Assert.Null(WorkerTelemetry.From(_ => null));
}
