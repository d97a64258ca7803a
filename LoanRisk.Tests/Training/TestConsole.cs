using LoanRisk.Pipeline.Tracking;
using LoanRisk.Store.Packages;
using LoanRisk.Store;
using LoanRisk.Tests.Loans;
using LoanRisk.Training.Terminal;
using LoanRisk.Training;

namespace LoanRisk.Tests.Training;

/// <summary>
/// The console as its user calls it, with a clock of its own: however slow the machine is, no line of progress comes between the sentences
/// of the error stream.
/// </summary>
internal sealed record TestConsole(int ExitCode, string Output, string Error)
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Such a clock.</summary>
    public static TimeProvider Clock() => new SlowClock();

    /// <summary>Runs with a data folder that is gone afterwards.</summary>
    public static async Task<TestConsole> RunAsync(params string[] arguments)
    {
        using var data = new TemporaryFolder();
        return await RunInAsync(data.Path, arguments);
    }

    /// <summary>Runs with a data folder of the test's.</summary>
    public static Task<TestConsole> RunInAsync(string data, params string[] arguments) => RunInAsync(data, null, arguments);

    /// <summary>Runs with a data folder and a folder of products of the test's, into a pipe or onto a terminal of some columns.</summary>
    public static async Task<TestConsole> RunInAsync(
        string data, string? products, string[] arguments, int? width = null, MlflowServer? mlflow = null)
    {
        Directory.CreateDirectory(data);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var session = new ConsoleSession(output, error, Clock(), new DataFolder(data, "test"), width)
        {
            Products = products ?? ProductFolder.Default,
            Mlflow = mlflow,
        };
        var exitCode = await LoanRiskCommand.RunAsync(arguments, session, TestContext.Current.CancellationToken);
        return new TestConsole(exitCode, output.ToString(), error.ToString());
    }

    // Its date stands; a glance at it takes a tenth of a millisecond, so that what is measured took some time.
    private sealed class SlowClock : TimeProvider
    {
        private long _glances;

        public override long TimestampFrequency => 10_000;

        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => Interlocked.Increment(ref _glances);
    }
}
