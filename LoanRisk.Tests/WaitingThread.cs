namespace LoanRisk.Tests;

/// <summary>Tells when a thread waits for others, so that a test can go on just then.</summary>
internal static class WaitingThread
{
    /// <summary>Returns when the thread waits for something, or has ended.</summary>
    public static void Await(Thread thread) =>
        SpinWait.SpinUntil(() => !thread.IsAlive || thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin));
}
