using LoanRisk.Store;
using LoanRisk.Store.Decisions;

namespace LoanRisk.Web.Idempotency;

/// <summary>Keeps given answers for as long as clients may send a request again, and no longer.</summary>
internal sealed class AnswerKeeping(DecisionStore store, TimeProvider clock) : BackgroundService
{
    /// <summary>How long a client can count on it.</summary>
    public static readonly TimeSpan Promised = TimeSpan.FromDays(1);

    // Nobody shall depend on the hour.
    private static readonly TimeSpan Kept = 2 * Promised;

    private static readonly TimeSpan BetweenLooks = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var looks = new PeriodicTimer(BetweenLooks, clock);
        while (await looks.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await store.ForgetAnswersAsync(clock.GetUtcNow() - Kept, stoppingToken);
            }
            catch (StoreException)
            {
                // The store has said why, and there is another hour.
            }
        }
    }
}
