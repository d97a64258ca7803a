using System.Collections.Concurrent;
using LoanRisk.Store;
using LoanRisk.Store.Decisions;
using LoanRisk.Tests.Web.Api;

namespace LoanRisk.Tests.Web.Hosting;

[Slow]
public sealed class PowerCutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_program_that_is_killed_while_it_writes_loses_no_decision_it_answered()
    {
        var answered = new ConcurrentDictionary<string, int>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (var site = await SiteProcess.StartAsync(
            _folder["data"], TrainedProducts.WriteTo(_folder["products"]), ("ASPNETCORE_URLS", "http://127.0.0.1:0")))
        {
            var amount = 1000;
            using var client = new HttpClient { BaseAddress = site.Address };
            var posting = Enumerable.Range(0, 8)
                .Select(_ => Task.Run(() => PostUntilItFails(client, () => Interlocked.Increment(ref amount), Keep), Stop))
                .ToList();
            await Task.WhenAny([enough.Task, .. posting]);
            Assert.DoesNotContain(posting, task => task.IsCompleted);
            site.Kill();
            await Task.WhenAll(posting);
        }

        await using var store = DecisionStore.Open(new DataFolder(_folder["data"], "test"));
        foreach (var (id, amount) in answered)
        {
            var stored = await store.FindAsync(id, Stop);
            Assert.NotNull(stored);
            Assert.Equal(amount, stored.Decision.Row[0]);
        }

        void Keep(string id, int amount)
        {
            answered[id] = amount;
            if (answered.Count >= 200)
            {
                enough.TrySetResult();
            }
        }
    }

    private static async Task PostUntilItFails(HttpClient client, Func<int> nextAmount, Action<string, int> keep)
    {
        try
        {
            while (true)
            {
                var amount = nextAmount();
                var answer = await client.PostJson("/api/predict", ApiCalls.Applicant(("loan_amnt", amount))).Answer();
                keep((string)answer["decisionId"]!, amount);
            }
        }
        catch (HttpRequestException)
        {
            // The program is gone, as it should be.
        }
    }
}
