using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text.Json.Nodes;
using LoanRisk.Pipeline.Jobs;
using LoanRisk.Store.Jobs;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Telemetry;

[Slow]
public sealed class JobTelemetryTests(JobSite open) : IClassFixture<JobSite>
{
    [Fact]
    public async Task Jobs_are_measured_by_kind_and_end()
    {
        var measured = new ConcurrentQueue<(string Kind, string End, double Seconds)>();
        using var listener = Listen(measured);
        using var client = open.Site.CreateClient();

        var watch = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await client.PostText("/api/v1/products/peerloan/jobs", """{"kind": "train", "dataVersion": 1, "seed": 3}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var id = (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["id"]!;
        while (!measured.Contains(Measure(id)) && watch.Elapsed < TimeSpan.FromMinutes(2))
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        Assert.Equal(JobState.Done, open.Site.Service<JobStore>().Find(id)!.State);
        Assert.Single(measured, one => one == Measure(id)); // sites of other tests are measured in the same process
        Assert.InRange(Measure(id).Seconds, 0.01, watch.Elapsed.TotalSeconds);
    }

    private (string Kind, string End, double Seconds) Measure(string id)
    {
        var job = open.Site.Service<JobStore>().Find(id)!;
        return (job.Kind, "done", ((job.EndedAt ?? DateTimeOffset.MinValue) - job.StartedAt)?.TotalSeconds ?? 0);
    }

    private static MeterListener Listen(ConcurrentQueue<(string Kind, string End, double Seconds)> measured)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Meter.Name == JobTelemetry.Name)
                {
                    self.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            var named = tags.ToArray().ToDictionary(tag => tag.Key, tag => (string)tag.Value!);
            measured.Enqueue((named["loanrisk.job.kind"], named["loanrisk.job.end"], value));
        });
        listener.Start();
        return listener;
    }
}
