using LoanRisk.Store;
using LoanRisk.Training.Terminal;

namespace LoanRisk.Tests.Training;

/// <summary>The console as its user calls it, with a clock that stands.</summary>
internal sealed record TestConsole(int ExitCode, string Output, string Error)
{
    public static DateTimeOffset Now { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Runs with a data folder that is gone afterwards.</summary>
    public static async Task<TestConsole> RunAsync(params string[] arguments)
    {
        using var data = new TemporaryFolder();
        return await RunInAsync(data.Path, arguments);
    }

    /// <summary>Runs with a data folder of the test's.</summary>
    public static Task<TestConsole> RunInAsync(string data, params string[] arguments) => RunInAsync(data, null, arguments);

    /// <summary>Runs with a data folder and a folder of products of the test's.</summary>
    public static async Task<TestConsole> RunInAsync(string data, string? products, string[] arguments)
    {
        Directory.CreateDirectory(data);
        using var output = new StringWriter();
        using var error = new StringWriter();
        var exitCode = await LoanRiskCommand.RunAsync(arguments, new ConsoleSession(output, error, new StandingClock(), new DataFolder(data, "test"), products), TestContext.Current.CancellationToken);
        return new TestConsole(exitCode, output.ToString(), error.ToString());
    }

    private sealed class StandingClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
