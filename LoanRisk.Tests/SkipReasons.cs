using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestFramework(typeof(LoanRisk.Tests.SkipReasons))]

namespace LoanRisk.Tests;

/// <summary>
/// xUnit's own framework, which tells at the end why tests were skipped, in a line a reason: dotnet test names the tests that were skipped
/// and keeps the reasons to itself.
/// The lines are diagnostic messages, which xunit.runner.json lets through.
/// </summary>
public sealed class SkipReasons : XunitTestFramework
{
    /// <inheritdoc/>
    protected override ITestFrameworkExecutor CreateExecutor(Assembly assembly) => new Executor(new XunitTestAssembly(assembly));

    private sealed class Executor(IXunitTestAssembly tests) : XunitTestFrameworkExecutor(tests)
    {
        public override async ValueTask RunTestCases(
            IReadOnlyCollection<IXunitTestCase> testCases, IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions, CancellationToken cancellationToken) =>
            await base.RunTestCases(testCases, new Listener(executionMessageSink), executionOptions, cancellationToken);
    }

    private sealed class Listener(IMessageSink listener) : IMessageSink
    {
        private readonly Dictionary<string, int> _tests = new(StringComparer.Ordinal);

        public bool OnMessage(IMessageSinkMessage message)
        {
            lock (_tests)
            {
                if (message is ITestSkipped skipped)
                {
                    _tests[skipped.Reason] = _tests.GetValueOrDefault(skipped.Reason) + 1;
                }
                else if (message is ITestAssemblyFinished)
                {
                    Print();
                }
            }

            return listener.OnMessage(message);
        }

        private void Print()
        {
            foreach (var (reason, tests) in _tests.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal))
            {
                TestContext.Current.SendDiagnosticMessage($"{(tests == 1 ? "1 test was" : $"{tests} tests were")} skipped: {reason}");
            }
        }
    }
}
